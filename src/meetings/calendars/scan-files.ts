/** Files and folders of calendars and mails, each read by what its name says it is, and by its beginning. */
import { createReadStream } from 'node:fs'
import { open, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Found, Scan } from './found.ts'
import type { OldLinks } from './old-links.ts'
import { scanIcs } from './scan-ics.ts'
import { scanMail } from './scan-mail.ts'
import { scanCsv, scanGraph } from './scan-tables.ts'

/** A page of Graph has a thousand events at most; a larger file is left out, and said. */
const maxJsonBytes = 64 * 2 ** 20

type Kind = 'ics' | 'mail' | 'csv' | 'json'

const kinds: Record<string, Kind> = {
  ics: 'ics',
  ical: 'ics',
  ifb: 'ics',
  eml: 'mail',
  mbox: 'mail',
  csv: 'csv',
  json: 'json',
}

/** In the order of their names, folders with all that is in them. @throws Error for a path that there is not */
export async function* scanFiles(paths: string[], links: OldLinks, scan: Scan): AsyncGenerator<Found> {
  for (const path of paths) {
    for await (const file of filesIn(path)) {
      try {
        yield* scanFile(file, links, scan)
      } catch (error) {
        scan.onUnread(file, (error as Error).message)
      }
    }
  }
}

async function* filesIn(path: string): AsyncGenerator<string> {
  if (!(await stat(path)).isDirectory()) {
    yield path
    return
  }
  const entries = await readdir(path, { withFileTypes: true })
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (entry.isDirectory()) yield* filesIn(join(path, entry.name))
    else if (entry.isFile()) yield join(path, entry.name)
  }
}

async function* scanFile(file: string, links: OldLinks, scan: Scan): AsyncGenerator<Found> {
  const kind = kinds[/\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? ''] ?? (await kindByBeginning(file))
  switch (kind) {
    case 'ics':
      return yield* scanIcs(file, createReadStream(file, 'latin1'), links, scan)
    case 'mail':
      return yield* scanMail(file, createReadStream(file, 'latin1'), links, scan)
    case 'csv':
      return yield* scanCsv(file, createReadStream(file, 'utf8'), links, scan)
    case 'json':
      if ((await stat(file)).size > maxJsonBytes) {
        return scan.onUnread(file, 'it is larger than 64 MiB; keep each page of the answer in a file of its own')
      }
      return yield* scanGraph(file, JSON.parse((await readFile(file, 'utf8')).replace(/^\ufeff/, '')), links, scan)
    default:
      scan.onUnread(file, 'it is neither iCalendar nor a mail, CSV or JSON')
  }
}

async function kindByBeginning(file: string): Promise<Kind | undefined> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1024), 0, 1024, 0)
    const text = buffer
      .toString('latin1', 0, bytesRead)
      .replace(/^\u00ef\u00bb\u00bf/, '')
      .trimStart()
    if (/^BEGIN:VCALENDAR/i.test(text)) return 'ics'
    if (/^[{[]/.test(text)) return 'json'
    if (
      /^From /.test(text) ||
      /^(received|return-path|from|to|subject|date|mime-version|message-id|x-[a-z-]+):/im.test(text)
    )
      return 'mail'
    return undefined
  } finally {
    await handle.close()
  }
}
