/** The service's connection to Webex. Only full administrators of every site may see it. */
import { useQuery } from '@tanstack/react-query'
import type { WebexConnectionAnswer } from '../../../src/wire/webex-connection.ts'
import { call } from './call.ts'
import { client } from './client.ts'
import { keys } from './keys.ts'
import { useSession } from './session.ts'

export type { WebexConnectionAnswer } from '../../../src/wire/webex-connection.ts'

export const connectionPath = '/api/webex-connection'

export function useMayConnect(): boolean {
  const { who } = useSession()
  return who.role === 'fullAdmin' && who.sites === null
}

export function useConnection() {
  return useQuery({
    queryKey: keys.webexConnection,
    queryFn: () => call<WebexConnectionAnswer>('GET', connectionPath),
    enabled: useMayConnect(),
  })
}

export function readConnectionAgain(): Promise<void> {
  return client.invalidateQueries({ queryKey: keys.webexConnection })
}
