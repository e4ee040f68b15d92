/** Whether a room's link reveals the login name of its host. */
import type { NamedPerson } from '../../rooms/id-rule.ts'
import { ruleForm } from './directory-entry.ts'

/**
 * True when the ID (in lower case) is the login name, also without its separators and with digits after it. Where
 * people sign in with their e-mail address, the part before the `@` counts: the rest is the company's domain.
 */
export function leaksLogin(person: NamedPerson, key: string): boolean {
  const login = loginForm(person)
  if (login === undefined || login.charAt(0) !== key.charAt(0)) return false
  const id = bare(key)
  const name = bare(login)
  return id.startsWith(name) && /^\d*$/.test(id.slice(name.length))
}

function loginForm(person: NamedPerson): string | undefined {
  const { username } = person
  if (username === null) return ruleForm('emailPrefix', person)
  return username.includes('@') ? ruleForm('emailPrefix', { ...person, email: username }) : ruleForm('username', person)
}

function bare(form: string): string {
  return form.replace(/[._-]/g, '')
}
