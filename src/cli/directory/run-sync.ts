/** Reads a site into its mirror, and says how far it has come. */
import { describeFreshness } from '../../directory/sync/freshness.ts'
import type { SyncEnd } from '../../directory/sync/sync-site.ts'
import { exitCodes, UserError } from '../../errors.ts'
import { message } from '../../messages/message.ts'
import { plural } from '../../messages/numbers.ts'
import { render } from '../../messages/render.ts'
import { syncMirror } from '../../rotations/use-cases/sync.ts'
import { type Freshness, freshnessOf } from '../../store/mirror/next-rooms.ts'
import { findSite } from '../../store/sites/sites.ts'
import type { Store } from '../../store/store.ts'
import type { StoreOptions } from '../options/local-store.ts'
import type { PaceOptions } from '../options/pace-options.ts'
import { profileOf } from '../options/target-route.ts'
import { targetUrl } from '../options/target-tokens.ts'
import { showSync } from '../output/show-sync.ts'
import { orThrow } from '../rotations/refusals.ts'
import { withRotations } from '../rotations/rotation-commands.ts'

export interface SyncOptions extends StoreOptions, PaceOptions {
  site: string
  target?: string | undefined
  once?: true | undefined
  acceptShrink?: true | undefined
  json?: true | undefined
}

export async function runSync(options: SyncOptions): Promise<void> {
  const { site: siteUrl, once = false, acceptShrink = false } = options
  await withRotations(options, async context => {
    const target = await targetOfMirror(context.store, options)
    const stop = new AbortController()
    const onSignal = () => stop.abort()
    process.once('SIGINT', onSignal)
    process.once('SIGTERM', onSignal)
    const progress = showSync()
    try {
      const profile = profileOf(target).name
      const request = { siteUrl, target, profile, once, acceptShrink, patient: false, signal: stop.signal }
      const result = await syncMirror(context, { ...request, onProgress: progress.report })
      progress.end()
      // Ctrl-C cuts off a call under way, which is no fault of the target.
      const end = stop.signal.aborted ? ({ end: 'stopped' } as const) : orThrow(result, siteUrl)
      await printEnd(context.store, end, options)
    } finally {
      progress.end()
      process.removeListener('SIGINT', onSignal)
      process.removeListener('SIGTERM', onSignal)
    }
  })
}

/** Where a mirror is read from, unless the options say. */
async function targetOfMirror({ db }: Store, options: SyncOptions): Promise<string> {
  if (options.target !== undefined) return targetUrl(options)
  const site = await findSite(db, options.site)
  if (site?.target != null) return site.target
  throw new UserError(`Say where ${options.site} is read from: --target webex, or --target with the URL of a service.`)
}

async function printEnd({ db }: Store, end: SyncEnd, { site: siteUrl, json }: SyncOptions): Promise<void> {
  const site = await findSite(db, siteUrl)
  const freshness = site === undefined ? undefined : await freshnessOf(db, site.site_id)
  if (freshness !== undefined) {
    const now = Date.now()
    const words = render(describeFreshness(freshness, now))
    process.stdout.write(
      json
        ? `${JSON.stringify({ siteUrl, ...end, ...freshnessJson(freshness), freshness: words }, null, 2)}\n`
        : `${siteUrl}: ${plural(freshness.rooms, 'room')}, ${words}.\n`,
    )
  }
  switch (end.end) {
    case 'read':
      process.exitCode = freshness !== undefined && freshness.failed > 0 ? exitCodes.refusedItems : exitCodes.done
      return
    case 'shrunk':
      throw new UserError(render(message('listShrunk', end)), exitCodes.refusedItems)
    case 'taken':
      throw new UserError(`Another process reads ${siteUrl} now; see roomkey sites list.`, exitCodes.stopped)
    case 'stopped':
      throw new UserError(`Stopped; roomkey sync --site ${siteUrl} goes on from there.`, exitCodes.stopped)
  }
}

function freshnessJson({ rooms, unread, failed, newestAt, oldestAt }: Freshness) {
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  return { rooms, unread, failed, newestReadAt: iso(newestAt), oldestReadAt: iso(oldestAt) }
}
