/** Who is signed in, and the site they are looking at. `app/session-gate.tsx` and `app/site-gate.tsx` provide them. */
import { createContext, useContext } from 'react'
import { useLocation } from 'wouter'
import type { SessionAnswer } from '../../../src/wire/session.ts'
import type { SiteAnswer } from '../../../src/wire/sites.ts'
import { call, Refused, signedOut } from './call.ts'
import { client } from './client.ts'
import { keys } from './keys.ts'

export interface Session {
  who: SessionAnswer
  sites: SiteAnswer[]
}

export const SessionContext = createContext<Session | null>(null)
/** Undefined where the path names no site. */
export const SiteContext = createContext<SiteAnswer | undefined>(undefined)

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('Nobody is signed in here.')
  return session
}

/** The site that the path names, if it does. */
export function useShownSite(): SiteAnswer | undefined {
  return useContext(SiteContext)
}

/** The site in view; for pages that are shown only where there is one. */
export function useSite(): SiteAnswer {
  return useContext(SiteContext)!
}

/** Where the pages of a site are, for links from outside them. */
export function pathOfSite(siteUrl: string): string {
  return `/sites/${encodeURIComponent(siteUrl)}`
}

/**
 * Goes to another site: to the same list or form, but from the page of one thing to the list of such things, because
 * the other site's rotation 1 is not this one's.
 */
export function useChooseSite(): (siteUrl: string, list?: string) => void {
  const [location, navigate] = useLocation()
  const inSite = useShownSite() !== undefined
  const here = inSite ? location.split('/')[1] : ''
  return (siteUrl, list = here) => navigate(`~${pathOfSite(siteUrl)}${list ? `/${list}` : ''}`)
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
