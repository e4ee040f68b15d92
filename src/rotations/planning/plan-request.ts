/** What is asked of a plan, and what making it works with. */
import type { PeopleList } from '../../directory/files/people-list.ts'
import type { RandomText } from '../../rooms/id-rule.ts'
import type { Actor } from '../../store/audit-log/audit-events.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { LookWishes } from '../../store/rotations/plans.ts'
import type { Store } from '../../store/store.ts'
import type { WebexClient } from '../../webex/calls/client.ts'
import type { Profile } from '../target/profile.ts'
import type { Choice, Questions } from './choose.ts'
import type { IdSource } from './new-ids.ts'

export interface PlanRequest extends LookWishes {
  siteUrl: string
  target: string
  profile: Profile
  choice: Choice
  /** People whose rooms stay as they are. */
  retained: PeopleList | null
  /** Make the plan even where a list names people who are not on the site. */
  allowUnmatched: boolean
  source: IdSource
  /** How many rooms go first, alone. */
  canary: number
  /** Switch self-service off while it runs. */
  freeze: boolean
}

/** How far the reading for a plan is: entries of the list of people, then rooms of those that have to be read. */
export type PlanReading = { phase: 'list'; people: number } | { phase: 'rooms'; read: number; total: number }

export interface PlanDeps {
  store: Store
  client: WebexClient
  randomText: RandomText
  questions: Questions
  now: () => number
  /** Who has it planned; absent for nobody. */
  plannedBy?: Actor
  /** Called with the rotation that this becomes, before anything is read for it. */
  onCreated?: (key: RotationKey) => Promise<void>
  /** Called when the plan cannot be made, to remove what there is of it. Without it, the plan is discarded. */
  onFailed?: (key: RotationKey, error: unknown) => Promise<void>
  /** Called after each page of people and each slice of rooms. */
  onProgress?: (reading: PlanReading) => void
}
