import { UserError } from '../../errors.ts'
import type { TokenSource } from '../../webex/sign-in/token-source.ts'
import type { RouteRefusal } from './connect.ts'

/** The token of this machine for a target. @throws UserError where there is none, with what to do about it. */
export type TokenFor = (url: string) => TokenSource

export function signIn(tokenFor: TokenFor | undefined, target: string): TokenSource | RouteRefusal {
  if (tokenFor === undefined) return { refused: 'noSignInForTarget', target, advice: null }
  try {
    return tokenFor(target)
  } catch (error) {
    if (error instanceof UserError) return { refused: 'noSignInForTarget', target, advice: error.message }
    throw error
  }
}
