/** Sites of Webex that are read into a mirror: which there are, and how far the reading has come. */
import { useQuery } from '@tanstack/react-query'
import type { SyncAnswer, WebexSitesAnswer } from '../../../src/wire/sites.ts'
import { call } from './call.ts'
import { client } from './client.ts'
import { keys } from './keys.ts'
import { connectionPath, useConnection } from './webex-connection.ts'

export type { SyncAnswer } from '../../../src/wire/sites.ts'

const readingPollMs = 2000
const otherPollMs = 15_000

const pathOf = (siteUrl: string) => `/api/sites/${encodeURIComponent(siteUrl)}/sync`

export function useSync(siteUrl: string) {
  return useQuery({
    queryKey: [...keys.sync, siteUrl],
    queryFn: () => call<SyncAnswer>('GET', pathOf(siteUrl)),
    refetchInterval: ({ state }) => (state.data?.state === 'stopped' ? otherPollMs : readingPollMs),
  })
}

/** Has the service read on. `acceptShrink`: people who are missing from a much shorter list have really left. */
export function startReading(siteUrl: string, acceptShrink: boolean): Promise<SyncAnswer> {
  return call('POST', `${pathOf(siteUrl)}/start`, acceptShrink ? { acceptShrink } : {})
}

export function stopReading(siteUrl: string): Promise<SyncAnswer> {
  return call('POST', `${pathOf(siteUrl)}/stop`, {})
}

/** The sites that the connection reaches; asked for once there is one. */
export function useWebexSites() {
  const connection = useConnection()
  const by = connection.data?.by ?? null
  return useQuery({
    queryKey: [...keys.webexConnection, 'sites', connection.data?.since],
    queryFn: async () => (await call<WebexSitesAnswer>('GET', `${connectionPath}/sites`)).items,
    enabled: by !== null,
  })
}

/** Adds a site of Webex as a mirror; the service begins to read it. */
export async function mirrorSite(siteUrl: string): Promise<void> {
  await call<SyncAnswer>('POST', `${connectionPath}/sites`, { siteUrl })
  await Promise.all([keys.sites, keys.webexConnection].map(queryKey => client.invalidateQueries({ queryKey })))
}

/** What pages show of a mirror is read again. */
export function showWhatWasRead(): void {
  for (const queryKey of [keys.audit, keys.rooms, keys.room, keys.changes]) void client.invalidateQueries({ queryKey })
}
