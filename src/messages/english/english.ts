/**
 * What the service and the engine say to people, in English, each message under its code. The German is in the console
 * (console/src/language/de/messages.ts), which does not compile while a code is missing there.
 *
 * Params stand in braces: `{count}` is replaced by the value. Where grammar depends on a value, the message is a
 * function of its params. Only the code and the params are stored and sent, so words may change at any time, codes and
 * names of params may not.
 */
import { administration } from './administration.ts'
import { guessability } from './guessability.ts'
import { mirror } from './mirror.ts'
import { rooms } from './rooms.ts'
import { rotations } from './rotations.ts'
import { service } from './service.ts'
import { system } from './system.ts'
import { targets } from './targets.ts'

export const english = {
  ...guessability,
  ...rotations,
  ...rooms,
  ...administration,
  ...targets,
  ...mirror,
  ...service,
  ...system,
} as const
