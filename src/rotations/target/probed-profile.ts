/** Reads the profile that a probe has written, and says what may be relied on by it. */
import { Compile } from 'typebox/compile'
import { UserError } from '../../errors.ts'
import { type TargetAnswers, TargetProfile } from '../../probe/target-profile.ts'
import { maxRoomIdLength } from '../../rooms/room-id.ts'
import type { Profile } from './profile.ts'

const checked = Compile(TargetProfile)

/** @throws UserError that says where it is wrong */
export function readProfile(value: unknown): TargetProfile {
  if (checked.Check(value)) return value
  const first = checked.Errors(value)[0]
  throw new UserError(
    `The profile is wrong at ${first?.instancePath || 'its top'}: ${first?.message ?? 'it does not fit'}; have it written by roomkey probe.`,
  )
}

/** @throws UserError for text that is no profile */
export function parseProfile(text: string): TargetProfile {
  try {
    return readProfile(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new UserError('The profile is not valid JSON; have it written by roomkey probe.')
    throw error
  }
}

/**
 * What was seen, over what is assumed without it. A wait becomes longer by that, and never shorter: that one change
 * showed at once does not mean that each does.
 */
export function profileBy(base: Profile, answers: TargetAnswers): Profile {
  const { staleSeconds, swaps, refusedBatch, personIds, listedRooms, freedIds, longIds, underscores } = answers
  const seenMs = typeof staleSeconds === 'number' ? 1000 * staleSeconds + marginMs : 0
  return {
    ...base,
    settleMs: staleSeconds === 0 ? base.settleMs : Math.max(base.settleMs, seenMs),
    swaps: isTold(swaps) ? (swaps === 'inBatch' ? 'inBatch' : 'forbidden') : base.swaps,
    refusalsAtomic: isTold(refusedBatch) ? refusedBatch === 'changesNobody' : base.refusalsAtomic,
    addressBy: isTold(personIds) ? (personIds === 'accepted' ? 'personId' : 'email') : base.addressBy,
    listedRoomsFresh: isTold(listedRooms) ? listedRooms === 'fresh' : base.listedRoomsFresh,
    ...(isTold(freedIds) && { freedIds }),
    ...(longIds === 'refused' && { maxIdLength: maxRoomIdLength - 1 }),
    ...(underscores === 'refused' && { noUnderscores: true as const }),
  }
}

/** A call may arrive a little late. */
const marginMs = 60_000

function isTold<Answer extends string>(answer: Answer | 'unknown' | undefined): answer is Exclude<Answer, 'unknown'> {
  return answer !== undefined && answer !== 'unknown'
}
