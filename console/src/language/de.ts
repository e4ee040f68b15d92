/** Die Konsole auf Deutsch. */
import { effect, starting, timeline } from './de/at-risk.ts'
import { attention } from './de/attention.ts'
import { general } from './de/general.ts'
import { history } from './de/history.ts'
import { mirror } from './de/mirror.ts'
import { nextSteps, overview } from './de/overview.ts'
import { people } from './de/people.ts'
import { planForm } from './de/plan-form.ts'
import { rehearsal } from './de/rehearsal.ts'
import { renderInGerman } from './de/render-message.ts'
import { room, rooms } from './de/rooms.ts'
import { rotations, undo } from './de/rotations.ts'
import { settings, tokens } from './de/settings.ts'
import { target } from './de/target.ts'
import { vocabulary } from './de/vocabulary.ts'
import { webhooks } from './de/webhooks.ts'
import type { Words } from './en.ts'

export const de: Words = {
  say: (text, message) => renderInGerman(message) ?? text,
  sayFault: (text, message) => renderInGerman(message) ?? `Der Dienst hat abgelehnt: „${text}“`,
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
