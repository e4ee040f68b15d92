import { request } from 'undici'
import { callFailure } from '../../messages/call-failure.ts'
import { type MessageOrText, message } from '../../messages/message.ts'
import { guardedAgent } from './guarded-agent.ts'

const answerMs = 10_000

export interface Sender {
  /**
   * Sends a message, unless `cut` is aborted first. Returns null on success, else why it was not delivered, without the
   * URL. Redirects are not followed.
   */
  send(
    url: string,
    post: { body: string; headers: Record<string, string> },
    cut: AbortSignal,
  ): Promise<MessageOrText | null>
  close(): Promise<void>
}

export function openSender(allowPrivate: boolean): Sender {
  const agent = guardedAgent(allowPrivate)
  return {
    async send(url, { body, headers }, cut) {
      const signal = AbortSignal.any([cut, AbortSignal.timeout(answerMs)])
      try {
        const answer = await request(url, {
          method: 'POST',
          body,
          headers,
          dispatcher: agent,
          signal,
        })
        await answer.body
          .dump({ limit: 65_536, signal: AbortSignal.any([cut, AbortSignal.timeout(answerMs)]) })
          .catch(() => {})
        return answer.statusCode >= 200 && answer.statusCode < 300
          ? null
          : message('responseStatus', { status: String(answer.statusCode) })
      } catch (error) {
        const tooLate = (error as Error).name === 'TimeoutError'
        return tooLate ? message('noResponse', { seconds: answerMs / 1000 }) : callFailure(error)
      }
    },
    close: () => agent.close(),
  }
}
