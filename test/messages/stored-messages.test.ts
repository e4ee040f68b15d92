/** Messages in the database: any text on both engines, and the sentences that older versions stored. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, describe, expect, it } from 'vitest'
import { type MessageOrText, message } from '#roomkey/messages/message.js'
import { checkRotation } from '#roomkey/rotations/afterwards/check.js'
import { openStore } from '#roomkey/store/open-store.js'
import { countRotation } from '#roomkey/store/rotations/counts.js'
import { eachItem, getRotation } from '#roomkey/store/rotations/rotations.js'
import { openDatabase } from '#roomkey/store/sqlite/driver.js'
import type { Store } from '#roomkey/store/store.js'
import { fromStored, fromStoredOrNull } from '#roomkey/store/stored-message.js'
import { emptyDatabase, engines, type TestDatabase, type TestEngine } from '../support/engines.ts'

const key = { siteId: 1, rotation: 1 }
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const quoted = (value: string | number | null) =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
const insert = (table: string, row: Record<string, string | number | null>) =>
  `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.values(row).map(quoted).join(', ')})`

for (const engine of engines) {
  describe(`${engine}: messages`, () => {
    let database: TestDatabase
    let store: Store
    afterEach(async () => {
      await store.close()
      await database.remove()
    })

    it('are stored with whatever is filled in, and so are the words of others', async () => {
      database = await emptyDatabase(engine)
      store = await openStore(database.url)
      const key = await store.write('createRotation', {
        siteUrl: 'example.webex.com',
        target: 'https://target.example/v1',
        profile: 'roomkey',
        source: '{"kind":"csv"}',
        choice: message('choiceDepartment', { department: 'R. & D". (x) {y}\0\ud800' }),
        undoOf: null,
        canary: 0,
        freeze: false,
        owner: 'test',
        now: 0,
      })
      const reasons = fc
        .sample(fc.string({ unit: 'binary' }), 300)
        .flatMap((text): MessageOrText[] => [text, message('leftNoRoom', { reason: text })])
      const items = reasons.map((reason, index) => {
        const person = { personId: `p${index}`, email: `p${index}@example.com`, name: '' }
        return { number: index + 1, kind: 'left' as const, ...person, oldId: null, newId: null, reason }
      })
      await store.write('addItems', { ...key, owner: 'test', items, now: 0 })

      const stored: (MessageOrText | null)[] = []
      for await (const rows of eachItem(store.db, key)) stored.push(...rows.map(row => fromStoredOrNull(row.reason)))
      expect(stored).toEqual(reasons)
      const counted = (await countRotation(store.db, key)).left
      expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(reasons.length)
      const { choice } = await getRotation(store.db, key)
      expect(fromStored(choice)).toEqual(message('choiceDepartment', { department: 'R. & D". (x) {y}\0\ud800' }))
    })

    it('of older versions stay the sentences that they are, under the same hashes', async () => {
      const refused = 'Personal meeting room ID is being used by someone else.'
      const looksLikeJson = '{"code":"noPerson","params":{}}'
      const planned = [
        ['move', 'ada', 'ada-new', refused, 'refused'],
        ['move', 'ben', 'ben-new', looksLikeJson, 'refused'],
        ['left', 'cyd', null, '"No": the room is pinned.', 'left'],
      ] as const
      const header = ['example.webex.com', 'https://t.example/v1', 'roomkey', '{"kind":"csv"}', 'everyone', null, 0, 0]
      const lines = planned.map(([kind, name, newId], index) => {
        return [index + 1, kind, `id-${name}`, `${name}@example.com`, name, name, newId, 0, null]
      })
      const planHash = sha256([['rotation', 1, ...header], ...lines].map(line => `${JSON.stringify(line)}\n`).join(''))
      const body = JSON.stringify({
        intent: 1,
        answer: 'refused',
        refused: [
          [1, refused],
          [2, looksLikeJson],
        ],
      })
      const head = sha256(`${planHash}\n1\n0\noutcome\n${body}`)

      database = await emptyDatabase(engine)
      store = await openStore(database.url)
      store = await asOlderVersion(engine, store, database.url, [
        insert('rotated_site', { site_id: 1, url: 'example.webex.com', url_key: 'example.webex.com' }),
        insert('rotation', {
          site_id: 1,
          rotation: 1,
          state: 'stopped',
          target: 'https://t.example/v1',
          profile: 'roomkey',
          source: '{"kind":"csv"}',
          choice: 'everyone',
          created_at: 0,
          plan_hash: planHash,
          stopped_because: 'Stopped on request.',
          warnings: '["Mind the gap."]',
          events: 1,
          head,
        }),
        ...planned.map(([kind, name, newId, reason, state], index) =>
          insert('rotation_item', {
            site_id: 1,
            rotation: 1,
            number: index + 1,
            kind,
            person_id: `id-${name}`,
            email: `${name}@example.com`,
            name,
            old_id: name,
            old_key: name,
            new_id: newId,
            new_key: newId,
            state,
            reason,
          }),
        ),
        insert('rotation_event', { site_id: 1, rotation: 1, number: 1, at: 0, kind: 'outcome', body, hash: head }),
      ])

      const rotation = await getRotation(store.db, key)
      expect([fromStored(rotation.choice), fromStoredOrNull(rotation.stop_reason)]).toEqual([
        'everyone',
        'Stopped on request.',
      ])
      const { left, refused: counted } = await countRotation(store.db, key)
      expect(left).toEqual([{ reason: '"No": the room is pinned.', count: 1 }])
      expect(counted.map(({ reason }) => reason).sort()).toEqual([refused, looksLikeJson].sort())
      expect(await checkRotation(store.db, key)).toEqual([])
    })
  })
}

/** Takes a database back to the tables of the last version that stored sentences, fills it, and opens it again. */
async function asOlderVersion(engine: TestEngine, store: Store, url: string, rows: string[]): Promise<Store> {
  const statements = [
    'alter table rotation rename column stop_reason to stopped_because',
    'alter table rotation_item drop column tries',
    'alter table rotation drop column max_calls',
    'alter table rotation drop column stop_asked_at',
    ...['idempotent_answer_age', 'session_end', 'delivery_waiting', 'delivery_done', 'delivery_kept'].map(
      index => `drop index ${index}`,
    ),
    'create index delivery_due on delivery (next_at)',
    'drop table site_sync',
    'drop index person_read_place',
    'drop index person_read_due',
    ...['seen_at', 'listed_id', 'listed_round', 'listed_host', 'read_place', 'read_due', 'unread_reason'].map(
      column => `alter table person drop column ${column}`,
    ),
    'alter table claim drop column origin',
    ...['record_holder', 'target', 'profile'].map(column => `alter table site drop column ${column}`),
    'drop index token_maker',
    ...['made_by', 'from_environment'].map(column => `alter table token drop column ${column}`),
    'alter table rotation drop column approval_needed',
    ...['fresh_ms', 'overwrite_changed', 'behaviour', 'verify_began_at'].map(
      column => `alter table rotation drop column ${column}`,
    ),
    ...['read_at', 'planned_old_id', 'earlier_new_ids'].map(
      column => `alter table rotation_item drop column ${column}`,
    ),
    'alter table site add column last_person integer not null default 0',
    'drop table site_people',
    ...['meeting_invitee', 'meeting', 'meeting_reading', 'affected_meeting'].map(table => `drop table ${table}`),
    'drop table rotation_draft',
    'alter table rotation drop column resumable',
    'alter table rotation_item drop column listed',
    `delete from kysely_migration where name >= '0010'`,
    ...rows,
  ]
  if (engine === 'postgres') for (const statement of statements) await sql.raw(statement).execute(store.db)
  await store.close()
  if (engine === 'sqlite') {
    const file = openDatabase(url.slice('sqlite:'.length))
    for (const statement of statements) file.exec(statement)
    file.close()
  }
  return openStore(url)
}
