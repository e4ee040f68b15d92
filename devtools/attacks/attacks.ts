/** What somebody can do who wants to hurt a service: without a token, or with one that may do little. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Attack } from './attacked.ts'
import { bodyAttacks } from './bodies.ts'
import { slowReceivers } from './receivers.ts'
import { workAttacks } from './work.ts'

export const attacks: Record<string, Attack> = {
  'nobody attacks': async (_, seconds) => {
    await sleep(seconds * 1000)
    return {}
  },
  ...bodyAttacks,
  ...workAttacks,
  'webhooks of one site that take 9.5 s, and 20 changes': slowReceivers,
}
