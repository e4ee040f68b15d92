import type { MessageOrText } from '../../messages/message.ts'
import { MessageError } from '../../messages/message-error.ts'

/**
 * An error between Roomkey and a target. `denied`: it refuses Roomkey or the site altogether (401, 403, 404, …), and
 * asking again will not help. `down`: it could not be reached, or failed repeatedly. `later`: it asks for a longer wait
 * than anybody here waits for. `unexpected`: its answer does not have the documented shape.
 */
export class TargetError extends MessageError {
  override name = 'TargetError'
  readonly kind: 'denied' | 'down' | 'later' | 'unexpected'
  readonly status: number | null
  readonly trackingId: string | null
  /** Until when there is no use in calling, in milliseconds since 1970, where it is `later`. */
  readonly until: number | null

  constructor(
    kind: TargetError['kind'],
    reason: MessageOrText,
    about: { status?: number; trackingId?: string | null; until?: number; cause?: unknown } = {},
  ) {
    super(reason, { cause: about.cause })
    this.kind = kind
    this.status = about.status ?? null
    this.trackingId = about.trackingId ?? null
    this.until = about.until ?? null
  }
}
