/** A failure of the database that its user can mend: the message is one sentence that says how. */
export class StoreError extends Error {
  override name = 'StoreError'
}

/** The database cannot answer now and may later: the caller is told to come back. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable'
}
