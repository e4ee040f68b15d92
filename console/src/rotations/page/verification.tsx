import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { VerificationAnswer } from '../../../../src/wire/rotations/afterwards.ts'
import { client } from '../../data/client.ts'
import { type RotationAnswer, verify } from '../../data/rotations.ts'
import { lastOf, timelineKey, useTimeline } from '../../data/timeline.ts'
import { type Format, useFormat } from '../../language/format.ts'
import { useWords } from '../../language/use-words.ts'
import { ActionButton } from '../../ui/action-button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Notice, type NoticeTone } from '../../ui/notice.tsx'
import { wordsForError } from '../../ui/states.tsx'

/** Rooms of a sample: if none of so many is wrong, hardly one of a hundred is. */
const sampleRooms = 400
const ways = {
  each: { how: 'each' },
  list: { how: 'list' },
  sample: { how: 'sample', rooms: sampleRooms },
} as const

/** Reads every changed room back and says how many have their new ID. The last result is kept with the rotation. */
export function Verification({ rotation }: { rotation: RotationAnswer }) {
  const words = useWords()
  const text = words.rotations
  const format = useFormat()
  const timeline = useTimeline(rotation)
  const [way, setWay] = useState<keyof typeof ways>('each')
  const verification = useMutation({
    mutationFn: () => verify(rotation, ways[way]),
    onSuccess: () => client.invalidateQueries({ queryKey: timelineKey(rotation) }),
  })
  const last = lastOf(timeline.data, 'verified')
  return (
    <section className="card stack">
      <h2>{text.verifyTitle}</h2>
      <p className="quiet">{text.verifyAbout}</p>
      {last?.verification && (
        <Notice role="status" tone={toneOf(last.verification)}>
          <strong>{text.verifiedAt(format.dateTime(last.at))}</strong> {sayFound(last.verification, text, format)}
        </Notice>
      )}
      {verification.error && (
        <Notice tone="bad" role="alert">
          {wordsForError(verification.error, words)}
        </Notice>
      )}
      {rotation.target !== 'self' && (
        <Choice
          label={text.verifyHow}
          value={way}
          options={Object.entries(text.verifyWays(format.integer(sampleRooms))).map(([value, label]) => ({
            value,
            label,
          }))}
          onChange={value => setWay(value as keyof typeof ways)}
        />
      )}
      <div className="actions">
        <ActionButton
          variant="secondary"
          prefixIcon="check-circle-bold"
          busy={verification.isPending}
          onClick={() => verification.mutate()}
        >
          {verification.isPending ? text.verifying : last === undefined ? text.verify : text.verifyAgain}
        </ActionButton>
      </div>
    </section>
  )
}

/** Good only where every room was seen to have its new ID: what was listed or left unread was not. */
function toneOf(found: VerificationAnswer): NoticeTone {
  const { changed, notYetVisible, wrongs, changedSince, open, listed = 0, notRead = 0 } = found
  if (wrongs > 0) return 'bad'
  if (listed + notRead > 0) return 'warning'
  return changed === 0 || notYetVisible + changedSince.length + open > 0 ? 'warning' : 'good'
}

function sayFound(
  found: VerificationAnswer,
  text: ReturnType<typeof useWords>['rotations'],
  { integer, dateTime }: Format,
): string {
  const { changed, notYetVisible, unread, wrongs, changedSince, open, tellableAt, listed = 0, notRead = 0 } = found
  const since = changedSince.reduce((sum, { rooms }) => sum + rooms, 0)
  const total = changed + notYetVisible + wrongs + since + listed + notRead
  if (changed === total && changed > 0 && open === 0) return text.verifiedAll(changed, integer)
  return [
    text.verifiedOf(integer(changed), integer(total)),
    listed > 0 && text.listedOnly(listed, integer),
    notRead > 0 && text.notRead(notRead, found.mayBeWrong ?? notRead, integer),
    ...changedSince.map(({ rotation, rooms }) =>
      rotation === null ? text.sinceByOthers(rooms, integer) : text.sinceBy(rooms, rotation, integer),
    ),
    notYetVisible > unread && text.notYet(notYetVisible - unread, integer),
    unread > 0 && text.unread(unread, integer),
    wrongs > 0 && text.wrong(wrongs, integer),
    tellableAt !== null && text.verifyAgainAt(dateTime(tellableAt)),
    open > 0 && text.verifiedOpen(integer(open)),
  ]
    .filter(part => part !== false)
    .join(' ')
}
