/** A disk that can be filled and emptied while something uses it. */
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

/** A file system of this many MiB in memory; null where this user may not mount one. */
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

/** To the last byte, even if a file has grown a little in the meantime. */
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

/** Whether a running process can be denied writes, which any user may do to their own processes. */
export function canForbidWriting(): boolean {
  return spawnSync('prlimit', ['--version']).status === 0
}

/** Denies a process all writes to files; `false` allows them again. */
export function forbidWriting(pid: number, forbidden: boolean): void {
  const limit = `--fsize=${forbidden ? '0' : 'unlimited'}:unlimited`
  const { status, stderr } = spawnSync('prlimit', ['--pid', String(pid), limit])
  if (status !== 0) throw new Error(String(stderr))
}
