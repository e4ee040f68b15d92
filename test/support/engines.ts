import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { expectNoSecretIn } from '../../devtools/secrets.ts'
import { createDatabase } from './databases.ts'

/** Every behaviour is tested on each of these. */
export const engines = ['sqlite', 'postgres'] as const
export type TestEngine = (typeof engines)[number]

/** A database for one test, removed afterwards. */
export interface TestDatabase {
  url: string
  remove(): Promise<void>
}

/** An empty database of that engine. */
export async function emptyDatabase(engine: TestEngine): Promise<TestDatabase> {
  if (engine === 'postgres') {
    const { url, template } = inject('postgres')
    return createDatabase(url, template)
  }
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-test-'))
  return {
    url: `sqlite:${join(folder, 'roomkey.sqlite')}`,
    async remove() {
      await expectNoSecretIn(folder)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The URL of the PostgreSQL server of this run. */
export function postgresServer(): string {
  return inject('postgres').url
}
