/**
 * Preloaded into a process (NODE_OPTIONS=--import=…), it has the clock be wrong by as many milliseconds as the file
 * ROOMKEY_CLOCK_SHIFT says, which may change at any time. What counts from a start, such as timers, goes on as before:
 * just as when somebody sets the clock of a machine.
 */
import { readFileSync } from 'node:fs'

const RealDate = Date
let shift = 0

function look() {
  shift = Number(readFileSync(process.env.ROOMKEY_CLOCK_SHIFT, 'utf8'))
}
look()
setInterval(look, 20).unref()

const now = () => RealDate.now() + shift
globalThis.Date = new Proxy(RealDate, {
  construct: (date, words, as) => Reflect.construct(date, words.length === 0 ? [now()] : words, as),
  apply: () => new RealDate(now()).toString(),
  get: (date, name) => (name === 'now' ? now : Reflect.get(date, name)),
})
