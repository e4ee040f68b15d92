/**
 * A file that is written beside its place and renamed into it at the end, so that it is there as a whole or not at all,
 * and only its owner can ever read it, whatever the umask: plans, reports and backups hold the links of all rooms.
 */
import { randomBytes } from 'node:crypto'
import { closeSync, fchmodSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { dayMs } from '../time.ts'
import { isAlive, processSpace } from './process-space.ts'

export interface UnfinishedFile {
  /** An empty file in the folder of the finished one. */
  readonly path: string
  /** Puts it into its place, over what was there. */
  finish(): void
  /** Removes it; does nothing once it is finished. */
  discard(): void
}

/** Files of SQLite beside an unfinished database. */
const suffixes = ['', '-wal', '-shm', '-journal']

const name = /^\.roomkey-unfinished-([0-9a-f]{12})-(\d+)-[0-9a-f]{12}(?:-wal|-shm|-journal)?$/

/** Those of this process. */
const underWay = new Set<string>()

/** Begins a file, and removes what processes that were killed have left unfinished in its folder. */
export function beginFile(place: string): UnfinishedFile {
  const folder = dirname(place)
  removeLeftOver(folder)
  const path = join(folder, `.roomkey-unfinished-${processSpace}-${process.pid}-${randomBytes(6).toString('hex')}`)
  const file = openSync(path, 'wx', 0o600)
  watchForTheEnd()
  underWay.add(path)
  fchmodSync(file, 0o600)
  closeSync(file)
  return {
    path,
    finish() {
      syncToDisk(path)
      renameSync(path, place)
      underWay.delete(path)
    },
    discard() {
      if (underWay.delete(path)) remove(path)
    },
  }
}

/** A rename can reach the disk before the content does. */
function syncToDisk(path: string): void {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Removes the unfinished files in a folder whose processes are gone, or that nobody has written for a day. */
export function removeLeftOver(folder: string): void {
  for (const entry of namesIn(folder)) {
    const [, space, pid] = name.exec(entry) ?? []
    if (space === undefined) continue
    const path = join(folder, entry)
    const own = Number(pid) === process.pid
    const gone = space === processSpace && (own ? !isUnderWay(path) : !isAlive(Number(pid)))
    if (gone || isOld(path)) rmSync(path, { force: true })
  }
}

function isUnderWay(path: string): boolean {
  return suffixes.some(suffix => path.endsWith(suffix) && underWay.has(path.slice(0, path.length - suffix.length)))
}

function isOld(path: string): boolean {
  const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Number.POSITIVE_INFINITY }
  return Date.now() - mtimeMs > dayMs
}

/** None where the folder cannot be listed: writing to it says why. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function remove(path: string): void {
  for (const suffix of suffixes) rmSync(path + suffix, { force: true })
}

let watching = false

/** A process that is asked to end while it writes takes its unfinished files with it. */
function watchForTheEnd(): void {
  if (watching) return
  watching = true
  process.on('exit', removeAll)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const end = () => {
      // Whoever else listens decides when the process ends.
      if (process.listenerCount(signal) > 1) return
      removeAll()
      process.removeListener(signal, end)
      process.kill(process.pid, signal)
    }
    process.on(signal, end)
  }
}

function removeAll(): void {
  for (const path of underWay) remove(path)
  underWay.clear()
}
