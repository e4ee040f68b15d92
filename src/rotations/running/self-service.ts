/**
 * Switches self-service off while a rotation runs, and back on after it, also after a crash: what it was before stands
 * in the rotation before anything is switched.
 */
import type { Owned } from '../../store/rotations/journal.ts'
import { getRotation, type Rotation } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import type { WebexClient } from '../../webex/calls/client.ts'

interface Deps {
  store: Store
  client: WebexClient
}
type At = (boundary: 'freezing' | 'frozen' | 'thawed') => Promise<void>

export async function freeze(rotation: Rotation, owned: Owned, { store, client }: Deps, at: At): Promise<void> {
  const { frozen_from: before } = await getRotation(store.db, owned)
  if (before === null) {
    const allowed = await client.readSelfService(rotation.site_url)
    if (!allowed) return
    const event = { at: owned.now, kind: 'freezing', body: { allowed } }
    await store.write('recordEvent', { ...owned, event, frozenFrom: 1 })
    await at('freezing')
  }
  await client.writeSelfService(rotation.site_url, false)
  await at('frozen')
}

export async function thaw(rotation: Rotation, owned: Owned, { store, client }: Deps, at: At): Promise<void> {
  const { frozen_from: before } = await getRotation(store.db, owned)
  if (before === null) return
  await client.writeSelfService(rotation.site_url, before === 1)
  const event = { at: owned.now, kind: 'thawed', body: { allowed: before === 1 } }
  await store.write('recordEvent', { ...owned, event, frozenFrom: null })
  await at('thawed')
}
