import type { Message } from '../../messages/message.ts'
import { MessageError } from '../../messages/message-error.ts'

/**
 * An error between Roomkey and a target. `denied`: it refuses Roomkey or the site altogether (401, 403, 404, …), and
 * asking again will not help. `down`: it could not be reached, or failed repeatedly. `unexpected`: its answer does not
 * have the documented shape.
 */
export class TargetError extends MessageError {
  override name = 'TargetError'
  readonly kind: 'denied' | 'down' | 'unexpected'
  readonly status: number | null
  readonly trackingId: string | null

  constructor(
    kind: TargetError['kind'],
    reason: Message,
    about: { status?: number; trackingId?: string | null; cause?: unknown } = {},
  ) {
    super(reason, { cause: about.cause })
    this.kind = kind
    this.status = about.status ?? null
    this.trackingId = about.trackingId ?? null
  }
}
