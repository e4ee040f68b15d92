import { InvalidArgumentError, Option } from '@commander-js/extra-typings'
import { dayMs } from '../../time.ts'
import { roles, type Scope, scopes } from '../../wire/access.ts'
import type { Command } from '../command.ts'
import { storeOptions } from '../options/local-store.ts'
import { siteArguments } from '../options/options.ts'

export const token: Command = {
  name: 'token',
  description: 'Create, list and revoke access tokens',
  setUp(command) {
    const create = command
      .command('create')
      .description('Create a token and show it once')
      .argument('<name>', 'what it is for')
      .addOption(new Option('--role <role>', 'role whose rights it has').choices(roles).default('siteAdmin' as const))
      .option('--scope <scopes...>', `what it may do: all, or any of ${scopes.join(', ')}`, collectScopes)
      .option('--site <urls...>', 'the sites it is for (default: every site)', siteArguments)
      .option('--email <address>', 'the person it belongs to, for calls about oneself')
      .option(
        '--expires <when>',
        'when it ends: days from now, e.g. 90d, or a date, e.g. 2027-01-31 (default: never)',
        expiry,
      )
      .option('--json', 'print JSON')
    storeOptions(create)
    create.action(async (name, options) => (await import('./run-token.ts')).createToken(name, options))

    const list = command.command('list').description('List the tokens').option('--json', 'print JSON')
    storeOptions(list)
    list.action(async options => (await import('./run-token.ts')).listTokens(options))

    const revoke = command
      .command('revoke')
      .description('Revoke a token: it stops working with the next call')
      .argument('<id>', 'its ID, or the first characters of it, from roomkey token list')
      .option('--made', 'also revoke what was made with it, and with that')
    storeOptions(revoke)
    revoke.action(async (id, options) => (await import('./run-token.ts')).revokeToken(id, options))
  },
}

function collectScopes(word: string, before: Scope[] = []): Scope[] {
  if (word === 'all') return [...scopes]
  const named = word.split(',').filter(Boolean)
  const unknown = named.find(scope => !(scopes as readonly string[]).includes(scope))
  if (unknown !== undefined) throw new InvalidArgumentError(`There is no scope ${unknown}.`)
  return [...new Set([...before, ...(named as Scope[])])]
}

/** Milliseconds since 1970. */
function expiry(word: string): number {
  const days = /^(\d{1,5})d$/.exec(word)?.[1]
  const at = days === undefined ? Date.parse(word) : Date.now() + Number(days) * dayMs
  if (Number.isNaN(at) || at <= Date.now()) {
    throw new InvalidArgumentError('Give days from now such as 90d, or a date in the future such as 2027-01-31.')
  }
  return at
}
