import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scopes } from '#roomkey/api/scopes.js'
import { openStore } from '#roomkey/store/open-store.js'
import { hashToken } from '#roomkey/store/tokens.js'

export const benchToken = 'rk_bench-0123456789-0123456789'
export const benchSite = 'bench.webex.com'
export const emailOf = (person: number): string => `p${person}@example.com`

const peoplePerWrite = 5000

/** A site with so many rooms in a SQLite file, made once; every run works on a copy of its own. */
export async function prepareSite(rooms: number) {
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-bench-'))
  const original = join(folder, 'original.sqlite')
  await fill(`sqlite:${original}`, rooms)
  let copies = 0
  return {
    folder,
    async copy(): Promise<string> {
      copies += 1
      const path = join(folder, `copy-${copies}.sqlite`)
      await copyFile(original, path)
      return path
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Fills an empty database with one site, its hosts, and an administrator's token. */
export async function fill(url: string, rooms: number): Promise<void> {
  const store = await openStore(url)
  const now = Date.now()
  const siteId = await store.write('addSite', {
    url: benchSite,
    rule: { method: 'random', prefix: 'pr', length: 12 },
    quarantineDays: 30,
    now,
  })
  for (let start = 0; start < rooms; start += peoplePerWrite) {
    const people = Array.from({ length: Math.min(peoplePerWrite, rooms - start) }, (_, n) => ({
      personId: `person-${start + n}`,
      email: emailOf(start + n),
      firstName: 'Bench',
      lastName: `Person${start + n}`,
      displayName: `Bench Person${start + n}`,
      username: null,
      department: null,
      host: true,
      suspended: false,
      pinned: false,
      roomId: `p${start + n}`,
    }))
    await store.write('addPeople', { siteId, people, tokenId: 'bench', trackingId: 'bench', now })
  }
  await store.write('addToken', {
    tokenId: 'bench',
    hash: hashToken(benchToken),
    name: 'bench',
    role: 'fullAdmin',
    scopes: [...scopes],
    sites: null,
    email: null,
    now,
    expiresAt: null,
  })
  await store.close()
}
