import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Every behaviour is shown on each of these. */
export const engines = ['sqlite'] as const
export type TestEngine = (typeof engines)[number]

/** The URL of an empty database of that engine, and how to be rid of it. */
export async function emptyDatabase(_engine: TestEngine): Promise<{ url: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'roomkey-test-'))
  return {
    url: `sqlite:${join(folder, 'roomkey.sqlite')}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
