/** The table of faults in docs/rotation.md: each fault of the imitated target is in one of its rows, and each row is played. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type FaultName, faultNames } from '../../devtools/target-double/faults.ts'

/** By the beginning of the row; none where it is no fault of a target, and another test has it. */
const rows: Record<string, FaultName[]> = {
  'somebody is in the list of people twice': ['listDuplicates'],
  'an e-mail address is given to somebody else': ['emailReused', 'emailChanged'],
  'somebody is deleted': ['personGone'],
  'some are refused': ['offendersUnnamed', 'offendersNamed'],
  'an ID must be free': ['swapsRefused', 'freedReserved', 'freedFree'],
  'a refused batch changes some': ['halfInOrder', 'halfShuffled'],
  '5xx for a batch again and again': ['poison'],
  'an answer leaves a room out': ['partialApplied', 'partialSkipped', 'otherIdOnce', 'otherIdAlways'],
  'a pilot is not changed': ['silentPilot', 'partialSkippedPilot', 'otherIdPilot'],
  '200, and a room stays as it is': ['silentOne'],
  'answers without person IDs': ['noPersonId', 'noEmail', 'shuffled', 'upperCase'],
  'the list of people names its next page': ['linkForeign', 'linkHttp'],
  'the next page repeats': ['linkLoop', 'listEndless', 'linkGarbage'],
  'pages of the list are short': ['listShrinks', 'attendees', 'roomless'],
  'an entry of the list is null': ['nullNames', 'nullSites', 'withoutEmails', 'oddFields', 'oddEntries'],
  'a reading is a web page': ['htmlRead', 'redirectRead', 'htmlList'],
  'the same again and again, for one room': ['htmlOneRoom'],
  // test/webex/client.test.ts and people-list.test.ts.
  'the same for five rooms in a row': [],
  'answers to a batch that are empty': [
    ...(['emptyAnswer', 'htmlRefresh', 'resetBefore', 'resetAfter', 'html502Before', 'html502After'] as const),
    ...(['hangAfter', 'bodyCut', 'redirectRefresh'] as const),
  ],
  'links of rooms are': ['joinLinks', 'sitePathLinks'],
  'readings that are late': ['staleSteady', 'staleFlipping'],
  "the room's own ID counts as used": ['ownIdRefused'],
  '429 and 423': ['stormSeconds', 'stormDate', 'stormZero'],
  'a Retry-After that is no number': ['stormUnreadable'],
  'a Retry-After of more than an hour': ['stormHuge'],
  '401, 403 in the middle': ['tokenEnds'],
  // test/rotations/held.test.ts and histories.test.ts.
  'a host chooses another ID': [],
  'an old ID is taken before the undo': ['oldIdTaken'],
  // A third of the scenarios.
  'our own process dies': [],
}

it('has every fault of the imitated target, and no other', () => {
  const text = readFileSync('docs/rotation.md', 'utf8')
  const table = text.slice(text.indexOf('### Faults of the target'), text.indexOf('### Pace'))
  const faults = [...table.matchAll(/^\| (.+?) \|/gm)].map(([, fault = '']) => fault).slice(2)
  expect(faults.map(fault => Object.keys(rows).find(row => fault.startsWith(row)) ?? fault)).toEqual(Object.keys(rows))
  expect(Object.values(rows).flat().sort()).toEqual([...faultNames].sort())
})
