import { say } from '../messages/say.ts'

/** A failure of the database that its user can mend: the message is one sentence that says how. */
export class StoreError extends Error {
  override name: string = 'StoreError'
}

/** A plan that somebody else has thrown away meanwhile. */
export class RotationGone extends StoreError {
  override name = 'RotationGone'

  constructor(message: string = say('rotationGone')) {
    super(message)
  }
}

/** The database cannot answer now and may later: the caller is told to come back. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable'
}

/** What stands in the database's file makes no sense: it is for its user to restore a backup. */
export class StoreDamaged extends StoreError {
  override name = 'StoreDamaged'
}
