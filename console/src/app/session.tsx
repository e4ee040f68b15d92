/** Who is signed in, and the site that they are looking at. */
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { SessionAnswer } from '../../../src/wire/session.ts'
import type { SiteAnswer } from '../../../src/wire/sites.ts'
import { call, Refused, signedOut } from '../data/call.ts'
import { client } from '../data/client.ts'
import { Broken, Waiting } from '../ui/states.tsx'
import { SignIn } from './sign-in.tsx'

interface Session {
  who: SessionAnswer
  sites: SiteAnswer[]
  /** Undefined while the service has none. */
  site: SiteAnswer | undefined
  chooseSite(siteUrl: string): void
}

const Context = createContext<Session | null>(null)

export function useSession(): Session {
  const session = useContext(Context)
  if (session === null) throw new Error('Nobody is signed in here.')
  return session
}

/** The site in view; for pages that are shown only where there is one. */
export function useSite(): SiteAnswer {
  return useSession().site!
}

/** Shows what is inside to those who are signed in, and the sign-in to all others. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useQuery({ queryKey: ['session'], queryFn: readSession, staleTime: 60_000 })
  const sites = useQuery({
    queryKey: ['sites'],
    queryFn: () => call<{ items: SiteAnswer[] }>('GET', '/api/sites'),
    enabled: session.data != null,
  })
  const [chosen, setChosen] = useState(() => localStorage.getItem('roomkey.site'))

  useEffect(() => {
    const forget = () => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
      client.setQueryData(['session'], null)
    }
    // The link of the banner may be opened where the console is open already.
    const look = () => void client.invalidateQueries({ queryKey: ['session'] })
    window.addEventListener(signedOut, forget)
    window.addEventListener('hashchange', look)
    return () => {
      window.removeEventListener(signedOut, forget)
      window.removeEventListener('hashchange', look)
    }
  }, [])

  const value = useMemo<Session | null>(() => {
    if (session.data == null || sites.data === undefined) return null
    const { items } = sites.data
    return {
      who: session.data,
      sites: items,
      site: items.find(({ siteUrl }) => siteUrl === chosen) ?? items[0],
      chooseSite(siteUrl) {
        localStorage.setItem('roomkey.site', siteUrl)
        setChosen(siteUrl)
      },
    }
  }, [session.data, sites.data, chosen])

  if (session.data === null) return <SignIn />
  const failed = session.error ?? sites.error
  if (failed !== null) {
    const again = () => void Promise.all([session.refetch(), session.data && sites.refetch()])
    return (
      <main className="alone">
        <Broken error={failed} onRetry={again} />
      </main>
    )
  }
  return value === null ? <Waiting /> : <Context value={value}>{children}</Context>
}

/** The link of the service's start banner carries a code that signs in once. */
async function readSession(): Promise<SessionAnswer | null> {
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
  client.setQueryData(['session'], await call<SessionAnswer>('POST', '/api/session', { token }))
}

export async function signOut(): Promise<void> {
  await call('DELETE', '/api/session')
  window.dispatchEvent(new Event(signedOut))
}
