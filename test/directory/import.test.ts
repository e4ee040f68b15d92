import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSource } from '#roomkey/directory/files/bytes/table-source.js'
import { openTable } from '#roomkey/directory/files/read-table.js'
import { checkPeople, type ImportDeps, importPeople } from '#roomkey/directory/import-people.js'
import { SeenKeys } from '#roomkey/directory/seen-keys.js'
import { findSite } from '#roomkey/store/sites/sites.js'
import { removeFolder, temporaryFolder } from '../../devtools/child-service.ts'
import { engines } from '../support/engines.ts'
import { siteUrl, startService, type TestService } from '../support/service.ts'

for (const engine of engines) {
  describe(`${engine}: importing people`, () => {
    let service: TestService
    let folder: string

    beforeEach(async () => {
      folder = await temporaryFolder()
      service = await startService(engine)
      await service.addSite({ method: 'emailPrefix', prefix: 'pr', length: 12 })
    })
    afterEach(async () => {
      await service.close()
      await removeFolder(folder)
    })

    async function deps(lines: string[]): Promise<ImportDeps> {
      const path = join(folder, 'people.csv')
      await writeFile(path, lines.join('\n'))
      const table = await openTable(await openSource(path))
      return {
        store: service.store,
        site: (await findSite(service.store.db, siteUrl))!,
        table,
        actor: { tokenId: 'test', trackingId: 'test' },
        onProgress() {},
      }
    }

    it('adds thousands, with progress, and the missing ones when run again', async () => {
      const row = (n: number) => `p${n % 2000}@${n < 2000 ? 'example.com' : 'example.org'},P ${n}`
      const lines = Array.from({ length: 4500 }, (_, n) => row(n))
      const progress: number[] = []
      const some = await deps(['email,displayName', ...lines.slice(0, 2500)])
      expect(await importPeople(some, await checkPeople(some))).toBe(2500)

      const all = {
        ...(await deps(['email,displayName', ...lines])),
        onProgress: (_: string, read: number) => progress.push(read),
      }
      const checked = await checkPeople(all)
      expect(checked).toMatchObject({ good: 1500, present: 2500, faulty: 500 })
      expect(checked.faults[0]).toEqual({ line: 4002, fault: 'p0@example.org is already on line 2002.' })
      expect(await importPeople(all, checked)).toBe(1500)
      expect(progress.length).toBeGreaterThan(1)
      const ids = Object.values(await service.roomIds())
      expect(ids.length).toBe(4000)
      expect(new Set(ids).size).toBe(4000)
      expect(ids).toContain('p1999')
      expect(ids).toContain('p19992')
    })

    it('finds IDs in quarantine and people of the site before it writes anything', async () => {
      await service.addPeople(1, [{ email: 'ada@example.com', personId: 'A' }])
      await service.call('DELETE', '/v1/people/A')
      const bad = await deps([
        'email,personId,roomId',
        'ada@example.com,,ADA',
        'ben@example.com,A,',
        'cyd@example.com,,free',
      ])
      expect((await checkPeople(bad)).faults).toEqual([
        { line: 2, fault: 'Personal meeting room ID ADA is being used by someone else.' },
        { line: 3, fault: 'Person ID A belongs to somebody else on this site.' },
      ])
    })
  })
}

describe('seen keys', () => {
  it('are recognised, each with the line where it first appeared', () => {
    const seen = new SeenKeys()
    const keys = Array.from({ length: 20_000 }, (_, n) => `person-${n}@example.com`)
    for (const [n, key] of keys.entries()) expect(seen.note(key, n + 1)).toBeUndefined()
    for (const [n, key] of keys.entries()) expect(seen.note(key, 99_999)).toBe(n + 1)
  })
})
