/** Who is signed in, and the site they are looking at. `app/session-gate.tsx` provides both. */
import { createContext, useContext } from 'react'
import type { SessionAnswer } from '../../../src/wire/session.ts'
import type { SiteAnswer } from '../../../src/wire/sites.ts'
import { call, Refused, signedOut } from './call.ts'
import { client } from './client.ts'
import { keys } from './keys.ts'

export interface Session {
  who: SessionAnswer
  sites: SiteAnswer[]
  /** Undefined while the service has none. */
  site: SiteAnswer | undefined
  chooseSite(siteUrl: string): void
}

export const SessionContext = createContext<Session | null>(null)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('Nobody is signed in here.')
  return session
}

/** The site in view; for pages that are shown only where there is one. */
export function useSite(): SiteAnswer {
  return useSession().site!
}

/** The session of this browser, or null. The link in the service's start banner carries a code that signs in once. */
export async function readSession(): Promise<SessionAnswer | null> {
  const code = /^#sign-in=([\w-]{1,64})$/.exec(location.hash)?.[1]
  if (code !== undefined) {
    history.replaceState(null, '', location.pathname)
    try {
      return await call<SessionAnswer>('POST', '/api/session', { code })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
    }
  }
  try {
    return await call<SessionAnswer>('GET', '/api/session')
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return null
    throw error
  }
}

export async function signIn(token: string): Promise<void> {
  client.setQueryData(keys.session, await call<SessionAnswer>('POST', '/api/session', { token }))
}

export async function signOut(): Promise<void> {
  await call('DELETE', '/api/session')
  window.dispatchEvent(new Event(signedOut))
}
