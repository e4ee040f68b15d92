import { randomBytes } from 'node:crypto'
import { isProof } from '../../local/running-service.ts'
import { callFailure } from '../../messages/call-failure.ts'
import { message } from '../../messages/message.ts'
import { TargetError } from '../../webex/calls/target-error.ts'
import type { TokenSource } from '../../webex/sign-in/token-source.ts'

const maxWaitMs = 10_000

/** A token that is given out only once the service at the URL has proved that it wrote the note with this secret. */
export function provenToken(token: string, url: string, secret: string): TokenSource {
  let proven: Promise<void> | undefined
  return {
    async token() {
      proven ??= prove(url, secret)
      await proven
      return token
    },
    renew: async () => false,
  }
}

/** @throws TargetError */
async function prove(url: string, secret: string): Promise<void> {
  const challenge = randomBytes(32).toString('base64url')
  const answer = await ask(`${new URL(url).origin}/api/proof?challenge=${challenge}`).catch((error: unknown) => {
    const reason = callFailure(error)
    throw new TargetError('down', message('targetDown', { host: new URL(url).host, reason }), { cause: error })
  })
  if (!isProof(secret, challenge, answer.proof)) throw new TargetError('denied', message('serviceUnproven', { url }))
}

async function ask(url: string): Promise<{ proof?: unknown }> {
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(maxWaitMs) })
  const text = await answer.text()
  try {
    return (JSON.parse(text) ?? {}) as { proof?: unknown }
  } catch {
    return {}
  }
}
