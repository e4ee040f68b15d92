/**
 * Whose turn it is to be sent something: a queue for each receiver (the host of a URL), in which its webhooks take
 * turns. A receiver that is slow or fails has one message under way, any other two, so that it delays nobody else.
 */

export interface Turn {
  host: string
  webhookId: string
}

interface Receiver {
  /** Webhooks with something to send, in turn. */
  waiting: string[]
  underWay: number
  slow: boolean
}

const maxOfReceiver = 2

/** Each holds a socket, and a message of up to a hundred rooms. */
const maxAltogether = 256

export class Turns {
  /** Who was served last is at the end. Only those with something waiting or under way are here. */
  readonly #receivers = new Map<string, Receiver>()
  #underWay = 0

  /** Says that a webhook has something to be sent. */
  add({ host, webhookId }: Turn): void {
    const receiver = this.#receivers.get(host) ?? { waiting: [], underWay: 0, slow: false }
    if (!receiver.waiting.includes(webhookId)) receiver.waiting.push(webhookId)
    this.#receivers.set(host, receiver)
  }

  /** Takes the next turn; undefined while nobody may be sent anything. */
  take(): Turn | undefined {
    if (this.#underWay >= maxAltogether) return undefined
    for (const [host, receiver] of this.#receivers) {
      const { waiting, underWay, slow } = receiver
      if (waiting.length === 0 || underWay >= (slow ? 1 : maxOfReceiver)) continue
      receiver.underWay += 1
      this.#underWay += 1
      this.#receivers.delete(host)
      this.#receivers.set(host, receiver)
      return { host, webhookId: waiting.shift()! }
    }
    return undefined
  }

  /** Ends a turn. `more` where the webhook may have something else to send. */
  end({ host, webhookId }: Turn, { more, slow }: { more: boolean; slow: boolean }): void {
    const receiver = this.#receivers.get(host)!
    receiver.underWay -= 1
    receiver.slow = slow
    this.#underWay -= 1
    if (more) this.add({ host, webhookId })
    else if (receiver.underWay === 0 && receiver.waiting.length === 0) this.#receivers.delete(host)
  }
}
