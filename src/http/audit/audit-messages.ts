/** What the thread of an audit and the one that starts it send each other. */
import type { PlacedId } from '../../guessability/attacker/known-ids.ts'
import type { PackedNumbers } from '../../guessability/attacker/known-numbers.ts'
import type { AuditedRoom, AuditOptions } from '../../guessability/site-report/audit-rooms.ts'
import type { PackedError } from '../../store/packed-error.ts'
import type { Audit } from '../../wire/audit.ts'

/** With what it begins. The rooms follow when it asks for them. */
export type AuditTask = Required<Pick<AuditOptions, 'now' | 'rule'>>

/** The rooms of a site are gone through twice. */
export interface Passes {
  ids: AsyncGenerator<PlacedId[]>
  rooms: AsyncGenerator<AuditedRoom[]>
}

/** Some of them; null after the last. */
export type Slice = PlacedId[] | AuditedRoom[] | null

export type FromThread = { more: keyof Passes } | { audit: Audit; numbers: PackedNumbers } | { error: PackedError }
