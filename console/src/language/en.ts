/** The console in English. `de.ts` is the same in German; each page has its words in a file of its own. */
import type { Message, MessageCode } from '../../../src/messages/message.ts'
import { effect, starting, timeline } from './en/at-risk.ts'
import { attention } from './en/attention.ts'
import { general } from './en/general.ts'
import { history } from './en/history.ts'
import { mirror } from './en/mirror.ts'
import { nextSteps, overview } from './en/overview.ts'
import { people } from './en/people.ts'
import { planForm } from './en/plan-form.ts'
import { rehearsal } from './en/rehearsal.ts'
import { room, rooms } from './en/rooms.ts'
import { rotations, undo } from './en/rotations.ts'
import { settings, tokens } from './en/settings.ts'
import { target } from './en/target.ts'
import { vocabulary } from './en/vocabulary.ts'
import { webhooks } from './en/webhooks.ts'

/** Words for a message of the service, given its English text and the message as data. */
type SayAgain = (text: string, message: Message | null) => string

/** Plainer words for messages whose own words are technical. */
const plainer: Partial<Record<MessageCode, string>> = {
  unexpected: 'Something went wrong in the service. Try again; if it happens again, its log says why.',
}

export const en = {
  /** A message of the service, and one with which it refuses a call. */
  say: ((text, message) => plainer[message?.code as MessageCode] ?? text) as SayAgain,
  sayFault: ((text, message) => plainer[message?.code as MessageCode] ?? text) as SayAgain,
  ...general,
  ...vocabulary,
  overview,
  nextSteps,
  people,
  rooms,
  room,
  target,
  mirror,
  rotations,
  planForm,
  starting,
  effect,
  attention,
  timeline,
  undo,
  rehearsal,
  webhooks,
  history,
  settings,
  tokens,
}

export type Words = typeof en
