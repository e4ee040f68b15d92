import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere, writePrivateFile } from '../files/private-file.ts'

const defaultUrl = 'http://127.0.0.1:8787'

/** Records where the service answers, for the commands on this machine; returns a function that removes the record. */
export function recordServiceUrl(folder: string, url: string): () => void {
  const note = noteFile(folder)
  writePrivateFile(note, JSON.stringify({ url, pid: process.pid }))
  return () => {
    if (readNote(folder)?.pid === process.pid) rmSync(note, { force: true })
  }
}

/** Where the service of this data folder answers, or would by default. */
export function localServiceUrl(folder: string): string {
  return readNote(folder)?.url ?? defaultUrl
}

function noteFile(folder: string): string {
  return join(folder, 'service.json')
}

function readNote(folder: string): { url: string; pid: number } | undefined {
  const text = readIfThere(noteFile(folder))
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
