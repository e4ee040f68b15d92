/**
 * Control Hub's export has a column of TRUE and FALSE for each licence of each site: `example.webex.com - Webex Meetings
 * Suite`, `example.webex.com - Attendee`; a suspended service has `(Suspended)` in its name (help.webex.com, afv3q8 and
 * txzp4bb).
 */
import { isYes } from './yes-or-no.ts'

export interface Licence {
  /** In lower case. */
  site: string
  place: number
  kind: 'host' | 'suspended' | 'attendee'
}

const host = '((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,})'
const siteFirst = new RegExp(`^${host}\\s*[-–—:|]\\s*(.+)$`, 'i')
const siteLast = new RegExp(`^(.+?)\\s*[-–—:|(]\\s*${host}\\)?$`, 'i')

export function readLicence(name: string, place: number): Licence | undefined {
  const [, first, service] = siteFirst.exec(name) ?? []
  const [, otherService, last] = first === undefined ? (siteLast.exec(name) ?? []) : []
  const site = first ?? last
  if (site === undefined) return undefined
  const words = service ?? otherService ?? ''
  const kind = /attendee|teilnehmer/i.test(words)
    ? 'attendee'
    : /suspended|gesperrt/i.test(words)
      ? 'suspended'
      : 'host'
  return { site: site.toLowerCase(), place, kind }
}

/** What a row says about a person's account on a site; undefined where the table has no licences at all. */
export function licenceOn(
  siteUrl: string,
  licences: readonly Licence[],
  cells: readonly string[],
): Licence['kind'] | 'none' | undefined {
  if (licences.length === 0) return undefined
  const held = licences.filter(({ site, place }) => site === siteUrl && isYes(cells[place] ?? ''))
  for (const kind of ['host', 'suspended', 'attendee'] as const)
    if (held.some(licence => licence.kind === kind)) return kind
  return 'none'
}
