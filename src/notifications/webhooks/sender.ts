import { request } from 'undici'
import { say } from '../../messages/say.ts'
import { guardedAgent } from './guarded-agent.ts'

const answerMs = 10_000

export interface Sender {
  /**
   * Sends a message. Returns null on success, else why it was not delivered, without the URL. Redirects are not
   * followed.
   */
  send(url: string, message: { body: string; headers: Record<string, string> }): Promise<string | null>
  close(): Promise<void>
}

export function openSender(allowPrivate: boolean): Sender {
  const agent = guardedAgent(allowPrivate)
  return {
    async send(url, { body, headers }) {
      try {
        const answer = await request(url, {
          method: 'POST',
          body,
          headers,
          dispatcher: agent,
          signal: AbortSignal.timeout(answerMs),
        })
        await answer.body.dump({ limit: 65_536, signal: AbortSignal.timeout(answerMs) }).catch(() => {})
        return answer.statusCode >= 200 && answer.statusCode < 300
          ? null
          : say('sentStatus', { status: answer.statusCode })
      } catch (error) {
        const { name, code, message } = error as NodeJS.ErrnoException
        return name === 'TimeoutError' ? say('sentSilence', { seconds: answerMs / 1000 }) : (code ?? message)
      }
    },
    close: () => agent.close(),
  }
}
