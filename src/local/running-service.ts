/**
 * Where the services of a data folder answer, for the commands on this machine. Each notes its address with a secret, by
 * which it proves that it is the one before it is sent a token: when a service was killed, its note stays, and anybody may
 * listen on its port.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere, writePrivateFile } from '../files/private-file.ts'
import { isAlive, processSpace } from '../files/process-space.ts'

export interface NotedService {
  url: string
  pid: number
  /** Where that process ID counts. */
  space: string
  secret: string
}

/** A secret of one process, for its note and its proofs. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What only a process that knows the secret can answer. */
export function proofOf(secret: string, challenge: string): string {
  return createHmac('sha256', secret).update(`roomkey service ${challenge}`).digest('hex')
}

export function isProof(secret: string, challenge: string, proof: unknown): boolean {
  const expected = Buffer.from(proofOf(secret, challenge))
  const given = Buffer.from(typeof proof === 'string' ? proof : '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** Notes where this process answers; returns a function that removes the note, and leaves those of others. */
export function noteService(folder: string, url: string, secret: string): () => void {
  const own = { url, pid: process.pid, space: processSpace, secret }
  writeNotes(folder, [...living(folder), own])
  return () =>
    writeNotes(
      folder,
      living(folder).filter(note => note.secret !== secret),
    )
}

/** The service of this data folder that was started last; undefined where none is running. */
export function runningService(folder: string): NotedService | undefined {
  return living(folder).at(-1)
}

/** Those that have ended without removing their note: anybody may listen where they did. */
export function killedServices(folder: string): NotedService[] {
  const alive = living(folder)
  return readNotes(folder).filter(({ secret }) => !alive.some(note => note.secret === secret))
}

function living(folder: string): NotedService[] {
  return readNotes(folder).filter(({ pid, space }) => space !== processSpace || isAlive(pid))
}

function noteFile(folder: string): string {
  return join(folder, 'service.json')
}

function readNotes(folder: string): NotedService[] {
  try {
    const notes: unknown = JSON.parse(readIfThere(noteFile(folder)) ?? '[]')
    return Array.isArray(notes) ? notes.filter(isNote) : []
  } catch {
    return []
  }
}

function isNote(note: unknown): note is NotedService {
  const { url, pid, space, secret } = (note ?? {}) as Record<string, unknown>
  return typeof url === 'string' && typeof pid === 'number' && typeof space === 'string' && typeof secret === 'string'
}

function writeNotes(folder: string, notes: NotedService[]): void {
  if (notes.length === 0) rmSync(noteFile(folder), { force: true })
  else writePrivateFile(noteFile(folder), `${JSON.stringify(notes, null, 2)}\n`)
}
