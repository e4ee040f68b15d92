import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo } from 'react'
import type { SiteAnswer } from '../../../src/wire/sites.ts'
import { call, signedOut } from '../data/call.ts'
import { client } from '../data/client.ts'
import { keys } from '../data/keys.ts'
import { readSession, type Session, SessionContext } from '../data/session.ts'
import { Broken, Waiting } from '../ui/states.tsx'
import { SignIn } from './sign-in.tsx'

/** Shows the pages to those who are signed in, and the sign-in to everybody else. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useQuery({ queryKey: keys.session, queryFn: readSession, staleTime: 60_000 })
  const sites = useQuery({
    queryKey: keys.sites,
    queryFn: () => call<{ items: SiteAnswer[] }>('GET', '/api/sites'),
    enabled: session.data != null,
  })

  useEffect(() => {
    const forget = () => {
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== keys.session[0] })
      client.setQueryData(keys.session, null)
    }
    // The banner's link may be opened in a tab that shows the console already.
    const look = () => void client.invalidateQueries({ queryKey: keys.session })
    window.addEventListener(signedOut, forget)
    window.addEventListener('hashchange', look)
    return () => {
      window.removeEventListener(signedOut, forget)
      window.removeEventListener('hashchange', look)
    }
  }, [])

  const value = useMemo<Session | null>(() => {
    if (session.data == null || sites.data === undefined) return null
    return { who: session.data, sites: sites.data.items }
  }, [session.data, sites.data])

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
  return value === null ? <Waiting /> : <SessionContext value={value}>{children}</SessionContext>
}
