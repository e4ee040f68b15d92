import { type Kysely, type Migration, Migrator } from 'kysely'
import type { Engine } from './engines.ts'
import { rooms } from './migrations/0001-0012/0001-rooms.ts'
import { manyProcesses } from './migrations/0001-0012/0002-many-processes.ts'
import { aroundTheRoom } from './migrations/0001-0012/0003-around-the-room.ts'
import { rotations } from './migrations/0001-0012/0004-rotations.ts'
import { sessions } from './migrations/0001-0012/0005-sessions.ts'
import { webhooks } from './migrations/0001-0012/0006-webhooks.ts'
import { rotationApproval } from './migrations/0001-0012/0007-rotation-approval.ts'
import { rotationNotes } from './migrations/0001-0012/0008-rotation-notes.ts'
import { approvedHash } from './migrations/0001-0012/0009-approved-hash.ts'
import { messages } from './migrations/0001-0012/0010-messages.ts'
import { rotationBounds } from './migrations/0001-0012/0011-rotation-bounds.ts'
import { ages } from './migrations/0001-0012/0012-ages.ts'
import { mirror } from './migrations/0013-mirror.ts'
import { syncWishes } from './migrations/0014-sync-wishes.ts'
import { madeBy } from './migrations/0015-made-by.ts'
import { names } from './migrations/0016-names.ts'
import { looks } from './migrations/0017-looks.ts'
import { sitePeople } from './migrations/0018-site-people.ts'
import { behaviour } from './migrations/0019-behaviour.ts'
import { meetings } from './migrations/0020-meetings.ts'
import { verifications } from './migrations/0021-verifications.ts'
import { affectedMeetings } from './migrations/0022-affected-meetings.ts'
import { drafts } from './migrations/0023-drafts.ts'
import { StoreError } from './store-error.ts'

/** In order, and append-only: a migration that has shipped is never changed, only followed by another. */
const migrations: Record<string, (db: Kysely<unknown>, engine: Engine) => Promise<void>> = {
  '0001-rooms': rooms,
  '0002-many-processes': manyProcesses,
  '0003-around-the-room': aroundTheRoom,
  '0004-rotations': rotations,
  '0005-sessions': sessions,
  '0006-webhooks': webhooks,
  '0007-rotation-approval': rotationApproval,
  '0008-rotation-notes': rotationNotes,
  '0009-approved-hash': approvedHash,
  '0010-messages': messages,
  '0011-rotation-bounds': rotationBounds,
  '0012-ages': ages,
  '0013-mirror': mirror,
  '0014-sync-wishes': syncWishes,
  '0015-made-by': madeBy,
  '0016-names': names,
  '0017-looks': looks,
  '0018-site-people': sitePeople,
  '0019-behaviour': behaviour,
  '0020-meetings': meetings,
  '0021-verifications': verifications,
  '0022-affected-meetings': affectedMeetings,
  '0023-drafts': drafts,
}

/**
 * Migrates a database to this version's tables. On PostgreSQL several processes may do so concurrently; on SQLite the
 * caller holds the write lock.
 *
 * @throws StoreError when the database was made by a newer version of Roomkey.
 */
export async function migrate(db: Kysely<never>, engine: Engine): Promise<void> {
  const migrator = new Migrator({
    db: engine.migrationPlugins.reduce((migrated, plugin) => migrated.withPlugin(plugin), db),
    provider: { getMigrations: async () => forEngine(engine) },
    disableTransactions: !engine.migratesInTransactions,
  })

  const done = await migrator.getMigrations().catch((error: unknown) => error as Error)
  if (done instanceof Error) throw asStoreError(done)
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw asStoreError(error)
}

function forEngine(engine: Engine): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(migrations).map(([name, up]) => [name, { up: (db: Kysely<unknown>) => up(db, engine) }]),
  )
}

function asStoreError(error: unknown): unknown {
  if (error instanceof Error && error.message.includes('previously executed migration')) {
    return new StoreError(
      'This database was made by a newer version of Roomkey; install that version, or name another database with --database.',
    )
  }
  return error
}
