/** Everything that differs between the two databases where queries are built, in one table and nowhere else. */

export type EngineName = 'sqlite' | 'postgres'

export interface Engine {
  name: EngineName
  /** A whole number up to 2^53. */
  bigint: 'integer' | 'bigint'
  /** What follows a table whose rows are found by their primary key alone. */
  clustered: '' | 'without rowid'
}

export const engines: Record<EngineName, Engine> = {
  sqlite: { name: 'sqlite', bigint: 'integer', clustered: 'without rowid' },
  postgres: { name: 'postgres', bigint: 'bigint', clustered: '' },
}
