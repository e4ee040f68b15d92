/** A disk that can be filled and emptied while somebody works on it. */
import { spawnSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { removeFolder, temporaryFolder } from '../../devtools/child-service.ts'

export interface SmallDisk {
  folder: string
  fill(): void
  empty(): void
  remove(): Promise<void>
}

/** A file system in memory of so many MiB; null where this user may mount none. */
export async function mountSmallDisk(mib: number): Promise<SmallDisk | null> {
  const folder = await temporaryFolder()
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mib}m,mode=755`, 'tmpfs', folder])
  if (status !== 0) {
    await removeFolder(folder)
    return null
  }
  const filler = join(folder, 'filler')
  return {
    folder,
    fill: () => fillUp(filler),
    empty: () => rmSync(filler, { force: true }),
    async remove() {
      spawnSync('umount', ['--lazy', folder])
      await removeFolder(folder)
    },
  }
}

/** To the last byte, though a file may have grown by a little meanwhile. */
function fillUp(path: string): void {
  const file = openSync(path, 'a')
  for (const size of [2 ** 20, 2 ** 16, 2 ** 12, 1]) {
    const piece = Buffer.alloc(size)
    try {
      for (;;) writeSync(file, piece)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }
  closeSync(file)
}

/** Whether a running process can be forbidden to write, which any user may do to a process of their own. */
export function canForbidWriting(): boolean {
  return spawnSync('prlimit', ['--version']).status === 0
}

/** Lets a process write nothing into files any more; `false` lets it again. */
export function forbidWriting(pid: number, forbidden: boolean): void {
  const limit = `--fsize=${forbidden ? '0' : 'unlimited'}:unlimited`
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), limit])
  if (status !== 0) throw new Error(String(stderr))
}
