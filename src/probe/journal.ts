/** What a probe must put back, on disk before the first room is changed, so that a probe that was killed can be made good. */

import { rmSync } from 'node:fs'
import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { UserError } from '../errors.ts'
import { readIfThere, writePrivateFile } from '../files/private-file.ts'
import { isAlive, processSpace } from '../files/process-space.ts'

const Journal = Type.Object({
  /** The base URL. */
  target: Type.String(),
  siteUrl: Type.String(),
  began: Type.String(),
  rooms: Type.Array(
    Type.Object({
      name: Type.Enum(['A', 'B', 'C']),
      email: Type.String(),
      personId: Type.String(),
      originalId: Type.String(),
    }),
  ),
  /** The process, and where its ID counts. */
  pid: Type.Integer(),
  space: Type.String(),
})

type Kept = Static<typeof Journal>
export type Journal = Omit<Kept, 'pid' | 'space'>

const checked = Compile(Journal)

export class JournalFile {
  readonly path: string

  constructor(path: string) {
    this.path = path
  }

  /** What a probe that has ended has left behind. @throws UserError where that probe still runs, or it cannot be read */
  read(): Journal | undefined {
    const text = readIfThere(this.path)
    if (text === undefined) return undefined
    const kept = parsed(text)
    if (kept === undefined) {
      throw new UserError(
        `${this.path} does not say which rooms a probe has changed; look at the three test rooms, put their IDs back, and remove it.`,
      )
    }
    if (kept.space === processSpace && kept.pid !== process.pid && isAlive(kept.pid)) {
      throw new UserError(`A probe of ${kept.siteUrl} is running (process ${kept.pid}); wait for its end.`)
    }
    return kept
  }

  write(journal: Journal): void {
    writePrivateFile(this.path, JSON.stringify({ ...journal, pid: process.pid, space: processSpace }, null, 2))
  }

  remove(): void {
    rmSync(this.path, { force: true })
  }
}

function parsed(text: string): Kept | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return checked.Check(value) ? value : undefined
  } catch {
    return undefined
  }
}
