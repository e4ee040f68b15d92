/** Compares two audits: the site before and after a rotation. */

import { integer } from '../../messages/numbers.ts'
import type { Audit } from '../../wire/audit.ts'
import { day, headlines } from '../render/wording.ts'

export interface Comparison {
  before: Audit
  after: Audit
  /** The key metrics, in words. */
  rows: { label: string; before: string; after: string }[]
}

export function compareAudits(before: Audit, after: Audit): Comparison {
  const rooms = { label: 'Rooms', before: integer(before.rooms), after: integer(after.rooms) }
  const audited = { label: 'Audited', before: day(before.auditedAt), after: day(after.auditedAt) }
  const afterwards = headlines(after)
  const rows = headlines(before).map(({ label, value }, index) => ({
    label,
    before: value,
    after: afterwards[index]!.value,
  }))
  return { before, after, rows: [audited, rooms, ...rows] }
}
