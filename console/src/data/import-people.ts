/** Sends a file with people to the service: looked at first, added afterwards. */
import type { ImportAnswer } from '../../../src/wire/tables.ts'
import { call, query } from './call.ts'

export type { ImportAnswer } from '../../../src/wire/tables.ts'

export interface PeopleFile {
  file: File
  /** Where the file is neither UTF-8 nor UTF-16. */
  encoding?: string
}

/** Says what an import would do, and writes nothing. */
export function previewImport(siteUrl: string, people: PeopleFile, signal: AbortSignal): Promise<ImportAnswer> {
  return send(siteUrl, people, { preview: true }, signal)
}

/** @param partial adds the people in valid rows even where others are invalid. */
export function importPeople(siteUrl: string, people: PeopleFile, partial: boolean): Promise<ImportAnswer> {
  return send(siteUrl, people, { partial: partial || undefined })
}

function send(
  siteUrl: string,
  { file, encoding }: PeopleFile,
  wish: Record<string, boolean | undefined>,
  signal?: AbortSignal,
): Promise<ImportAnswer> {
  const asked = query({ name: file.name, encoding, ...wish })
  return call<ImportAnswer>('POST', `/api/sites/${encodeURIComponent(siteUrl)}/people/import${asked}`, file, signal)
}
