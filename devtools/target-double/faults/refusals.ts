/** What the target refuses, and what a refused batch changes all the same. */
import type { Fault, Hooks, World } from '../fault.ts'
import { someHosts } from './victims.ts'

const reason = 'Personal meeting room ID cannot be changed for this user.'

function refusesSome(world: World, rules: Hooks['rules'] = {}): Hooks {
  const offenders = someHosts(world, 2)
  return { rules, refuses: ({ person }) => (offenders.includes(person) ? reason : undefined) }
}

export const refusals = {
  offendersUnnamed: {
    about: 'two people are always refused, and the answer does not say who',
    begin: world => refusesSome(world, { offenders: 'unnamed' }),
  },
  offendersNamed: {
    about: 'two people are always refused and named by RFC 9457',
    begin: world => refusesSome(world, { offenders: 'named' }),
  },
  halfInOrder: {
    about: 'a refused batch changes those before its first offender',
    webexOnly: true,
    begin: world => refusesSome(world, { refusedBatch: 'changesThoseBefore' }),
  },
  halfShuffled: {
    about: 'a refused batch changes some of the others, in no order',
    webexOnly: true,
    begin: world => refusesSome(world, { refusedBatch: 'changesSome' }),
  },
  swapsRefused: {
    about: 'an ID must be free before the call that takes it',
    webexOnly: true,
    begin: () => ({ rules: { swaps: 'refused' } }),
  },
  ownIdRefused: {
    about: "a room's own ID counts as used by someone else",
    webexOnly: true,
    begin: () => ({ rules: { ownId: 'refused' } }),
  },
  freedReserved: {
    about: 'an ID that was given up stays reserved for its last holder',
    begin: () => ({ rules: { freedIds: 'reserved' } }),
  },
  freedFree: {
    about: 'an ID that was given up is free at once',
    begin: () => ({ rules: { freedIds: 'free' } }),
  },
} satisfies Record<string, Fault>
