import type { FastifyRequest } from 'fastify'
import { readPreference } from '../../store/people/preferences.ts'
import type { Store } from '../../store/store.ts'
import type { Db, PreferenceKind } from '../../store/tables.ts'
import { actorOf } from '../access/actor.ts'
import type { PreferenceSubject } from './preference-subject.ts'

/** A person's stored preferences, merged over the defaults. */
export async function readStored<Value>(
  db: Db,
  person: { siteId: number; person: number },
  kind: PreferenceKind,
  defaults: Value,
): Promise<Value> {
  const stored = await readPreference(db, person, kind)
  return stored === undefined ? defaults : { ...defaults, ...JSON.parse(stored) }
}

/** Stores a person's preferences; a change by an administrator for somebody else goes into the audit log. */
export async function storePreference(
  store: Store,
  request: FastifyRequest,
  { site, person, isOwn }: PreferenceSubject,
  { kind, value, pinHash }: { kind: PreferenceKind; value: object; pinHash?: string },
): Promise<void> {
  await store.write('savePreference', {
    ...actorOf(request),
    siteId: site.site_id,
    person: person.person,
    kind,
    value: JSON.stringify(value),
    ...(pinHash === undefined ? {} : { pinHash }),
    onBehalfOf: isOwn ? null : person.email,
  })
}
