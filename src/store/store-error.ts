import { message } from '../messages/message.ts'
import { MessageError } from '../messages/message-error.ts'

/** A database failure that the user can fix: the message is one sentence that says how. */
export class StoreError extends MessageError {
  override name: string = 'StoreError'
}

/** A plan that somebody else has discarded in the meantime. */
export class RotationGone extends StoreError {
  override name = 'RotationGone'

  constructor() {
    super(message('rotationDiscarded'))
  }
}

/** Another process has taken over the rotation that this one runs. */
export class LeaseLost extends StoreError {
  override name = 'LeaseLost'
}

/** The database cannot answer now but may later: the caller is asked to retry. */
export class StoreUnavailable extends MessageError {
  override name = 'StoreUnavailable'
}

/** The content of the database file makes no sense: its user must restore a backup. No refusal: reported, and logged. */
export class StoreDamaged extends StoreError {
  override name = 'StoreDamaged'
}
