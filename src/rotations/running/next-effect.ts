/** What a worker does next, by what there is to do. */
export type Effect = { do: 'readBack' } | { do: 'send' } | { do: 'wait'; until: number } | { do: 'finish' }

export interface View {
  now: number
  /** Moves to read back that no other worker has in hand, the earliest of them due at this time; null for none. */
  nextDue: number | null
  /** Moves of the present wave to send. */
  pending: boolean
  /** Moves that other workers have in hand. */
  inHand: boolean
}

/** How often a worker without work looks whether another has left it some. */
const lookAgainMs = 250

export function nextEffect({ now, nextDue, pending, inHand }: View): Effect {
  if (nextDue !== null && nextDue <= now) return { do: 'readBack' }
  if (pending) return { do: 'send' }
  if (inHand) return { do: 'wait', until: now + lookAgainMs }
  return nextDue === null ? { do: 'finish' } : { do: 'wait', until: nextDue }
}
