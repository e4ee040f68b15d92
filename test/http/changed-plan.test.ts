/** A plan that was changed behind the service's back. */
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '#roomkey/store/sqlite/driver.js'
import { engines, type TestEngine } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'

const path = `/api/sites/${siteUrl}/rotations`
const wish = {
  people: { who: 'everyone' },
  ids: { kind: 'random', prefix: '', bits: 60 },
  canary: 0,
  freeze: false,
}

for (const engine of engines) {
  describe(`${engine}: a changed plan`, () => {
    let service: TestService

    beforeEach(async () => {
      service = await startService(engine)
      await service.addPeople(await service.addSite(), [{ email: 'ada@example.com' }])
    })
    afterEach(() => service.close())

    it('is not rehearsed when it differs from what was planned', async () => {
      await service.call('POST', path, wish)
      await change(engine, service, `update rotation_item set new_id = 'other', new_key = 'other'`)
      const answer = await service.call('POST', `${path}/1/rehearse`)
      expect(answer.status).toBe(409)
      expect(answer.body.errors[0].description).toContain('not what was planned')
    })
  })
}

/** Changes the database behind the service's back. */
async function change(engine: TestEngine, { store }: TestService, statement: string): Promise<void> {
  if (engine === 'postgres') {
    await sql.raw(statement).execute(store.db)
    return
  }
  const file = openDatabase(store.place)
  file.exec(statement)
  file.close()
}
