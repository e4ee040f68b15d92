/** Looks at the first rooms before anybody else's turn. */
import { say } from '../sentences/say.ts'
import { eachItem, type Rotation } from '../store/rotations.ts'
import type { Store } from '../store/store.ts'
import type { WebexClient } from '../webex/client.ts'
import type { Profile } from './profile.ts'
import { judgeVisible } from './verify.ts'

/** Reads the rooms that have been refreshed so far back; the first that is wrong, as one sentence, or null. */
export async function wrongCanary(
  store: Store,
  client: WebexClient,
  rotation: Rotation,
  profile: Profile,
): Promise<string | null> {
  const key = { siteId: rotation.site_id, rotation: rotation.rotation }
  for await (const items of eachItem(store.db, key)) {
    for (const item of items) {
      if (item.state !== 'done' || item.kind !== 'move') continue
      const reading = await client.readRoom(rotation.site_url, item.email)
      const visible = judgeVisible(item, reading, item.settled_at ?? 0)
      // A target that shows changes at once has no excuse for the old ID.
      const wrong = visible === 'wrong' || (visible === 'notYetVisible' && profile.listedRoomsFresh)
      if (wrong) return say('stoppedCanaryWrong', { email: item.email })
    }
    // The canary is never larger than a slice.
    return null
  }
  return null
}
