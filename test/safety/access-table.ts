/** Reads the table of docs/access.md, which is the specification that access.test.ts checks the service against. */
import { readFileSync } from 'node:fs'
import { roles, type Scope, scopes } from '#roomkey/wire/access.js'
import { type CallerName, callers } from './callers.ts'

export interface Row {
  /** As a sample call is named: the call, `|` and the case. */
  name: string
  method: string
  path: string
  /** The scopes of which one is needed; null for public calls. */
  needs: Scope[] | null
  /** The status that each caller is answered. */
  cells: Record<CallerName, string>
}

export function readAccessTable(): Row[] {
  const text = readFileSync(new URL('../../docs/access.md', import.meta.url), 'utf8')
  const lines = text.slice(text.indexOf('| call |')).trim().split('\n')
  const [head, , ...rows] = lines.map(line =>
    line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  )
  const wanted = ['call', 'case', 'needs one of', ...callers]
  if (head?.join() !== wanted.join()) throw new Error(`The columns of docs/access.md must be ${wanted.join(', ')}.`)
  return rows.map(([call = '', about = '', needs = '', ...statuses]) => {
    const [method = '', path = ''] = call.replaceAll('`', '').split(' ')
    return {
      name: `${method} ${path} | ${about}`.trim(),
      method,
      path,
      needs: needs === 'nothing' ? null : needs === 'any' ? [...scopes] : needs.split(' ').map(asScope),
      cells: Object.fromEntries(
        callers.map((caller, column) => [caller, statuses[column]?.replace('*', '')]),
      ) as Row['cells'],
    }
  })
}

function asScope(word: string): Scope {
  const scope = scopes.find(each => each === word)
  if (scope === undefined) throw new Error(`docs/access.md names ${word}, which is no scope (${roles.join()}).`)
  return scope
}
