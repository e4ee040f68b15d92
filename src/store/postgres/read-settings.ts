/**
 * Reads what tells PostgreSQL's own clients where a database is: a URL, or a string of keywords.
 * Source: PostgreSQL's manual, 32.1.1 "Connection Strings".
 *
 * No message repeats any part of what was given: where it cannot be read, any part may belong to the password.
 */
import { StoreError } from '../store-error.ts'

/** Settings by libpq's names, such as `host`, `port`, `dbname`, `sslmode`. Several hosts are one text with commas. */
export type Settings = Record<string, string>

const form = 'such as postgres://user@host:5432/roomkey'
const keywordForm = "such as host=… user=… password='…' dbname=roomkey"

/** Whether a text can only be meant as PostgreSQL's. */
export function meansPostgres(text: string): boolean {
  return /^postgres(ql)?:/.test(text) || /^\s*[a-z_]+\s*=/.test(text)
}

export function readSettings(text: string): Settings {
  return /^postgres(ql)?:/.test(text) ? readUrl(text) : readKeywords(text)
}

/** Whoever writes a password into a URL as it is breaks the URL, or worse, moves its end into the name of the host. */
function unreadable(): StoreError {
  return new StoreError(
    `The URL of the database is malformed; give one ${form}. In a password, write @ as %40, : as %3A, / as %2F, ? as %3F, # as %23 and % as %25, or use keywords ${keywordForm}.`,
  )
}

function readUrl(url: string): Settings {
  const parts = /^postgres(?:ql)?:\/\/([^/?#]*)(?:\/([^/?#]*))?(?:\?([^#]*))?$/.exec(url)
  if (parts === null) throw unreadable()
  const [, authority = '', database = '', query = ''] = parts
  const pieces = authority.split('@')
  if (pieces.length > 2 || database.includes('@')) throw unreadable()
  const settings: Settings = {}
  const set = (name: string, value: string) => {
    if (value !== '') settings[name] = value
  }
  if (pieces.length === 2) {
    const [user, ...password] = pieces[0]!.split(':')
    set('user', decoded(user!))
    set('password', decoded(password.join(':')))
  }
  const places = pieces.at(-1)!.split(',').map(readPlace)
  set('host', places.map(({ host }) => host).join(','))
  if (places.some(({ port }) => port !== '')) set('port', places.map(({ port }) => port).join(','))
  set('dbname', decoded(database))
  for (const pair of query === '' ? [] : query.split('&')) {
    const [, name, value] = /^([a-z_]+)=(.*)$/i.exec(pair) ?? []
    if (name === undefined || value === undefined) throw unreadable()
    settings[name.toLowerCase()] = decoded(value)
  }
  return settings
}

/** `host`, `host:5432`, `[::1]:5432`, `%2Fvar%2Frun%2Fpostgresql`. */
function readPlace(text: string): { host: string; port: string } {
  const [, address, host = '', port = ''] = /^(?:\[([0-9a-f:.%]+)\]|([^[\]:]*))(?::(\d*))?$/i.exec(text) ?? []
  if (address === undefined && !/^[^[\]:]*(:\d*)?$/.test(text)) throw unreadable()
  return { host: address ?? decoded(host), port }
}

function decoded(text: string): string {
  try {
    const plain = decodeURIComponent(text)
    if (!plain.includes('\0')) return plain
  } catch {
    // A percent sign that begins nothing.
  }
  throw unreadable()
}

/** `name = value` pairs; a value with spaces stands in single quotes, where `\'` and `\\` are plain characters. */
function readKeywords(text: string): Settings {
  const settings: Settings = {}
  const pair = /\s*([a-z_]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))(?=\s|$)/isy
  let at = 0
  while (text.slice(at).trim() !== '') {
    pair.lastIndex = at
    const found = pair.exec(text)
    if (found === null) {
      throw new StoreError(
        `The keywords for the database cannot be read; write them ${keywordForm}. In quotes, write ' as \\' and \\ as \\\\.`,
      )
    }
    const value = (found[2] ?? found[3] ?? '').replace(/\\(.)/gs, '$1')
    if (value !== '') settings[found[1]!.toLowerCase()] = value
    at = pair.lastIndex
  }
  return settings
}
