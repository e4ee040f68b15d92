import type { MessageOrText } from './message.ts'
import { render } from './render.ts'

/** An error that is told to people. `reason` is what is passed on and stored; `message` is the same in English. */
export class MessageError extends Error {
  readonly reason: MessageOrText

  constructor(reason: MessageOrText, options?: ErrorOptions) {
    super(render(reason), options)
    this.reason = reason
  }
}
