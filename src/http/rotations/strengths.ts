/** How guessable the rooms of a rotation were with their old IDs, and are with their new ones. */
import {
  type ChangedRoom,
  type TwoStrengths,
  TwoStrengthsOfRooms,
} from '../../guessability/site-report/two-strengths.ts'
import { roomIdKey } from '../../rooms/room-id.ts'
import { keyOf } from '../../rotations/lifecycle.ts'
import { drawnBits } from '../../rotations/planning/drawn-bits.ts'
import { findByPersonIds } from '../../store/people/directory.ts'
import { eachItem, type Rotation, type RotationItem } from '../../store/rotations/rotations.ts'
import type { Site } from '../../store/sites/sites.ts'
import type { Db } from '../../store/tables.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { StrengthsAnswer } from '../../wire/rotations/afterwards.ts'
import { RotationParams } from '../../wire/rotations.ts'
import { callerOf } from '../access/auth.ts'
import { adminAccess } from '../access/scopes.ts'
import { type RotationApi, rotationFor } from './rotation-api.ts'

const maxCached = 100

export function rotationStrengths(api: RotationApi): void {
  /** The outcomes of a rotation change with its journal only. */
  const cached = new Map<string, Promise<TwoStrengths>>()
  api.app.get(
    '/api/sites/:siteUrl/rotations/:rotation/strengths',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'How guessable the rooms that a rotation has changed were before, and are after it',
        description:
          'Judged by their old and new IDs; rooms that it has not changed, or whose people are gone, are left out.',
        tags: ['Rotations'],
        params: RotationParams,
        response: { 200: StrengthsAnswer, '4xx': ErrorAnswer, '5xx': ErrorAnswer },
      },
    },
    async request => {
      const { site, rotation } = await rotationFor(api, request)
      const name = `${rotation.site_id} ${rotation.rotation} ${rotation.plan_hash} ${rotation.events}`
      const known = cached.get(name)
      if (known !== undefined) return known
      const judging = api.work.during('audits', callerOf(request), site.url, () => judge(api.store.db, site, rotation))
      cached.set(name, judging)
      judging.catch(() => cached.delete(name))
      if (cached.size > maxCached) cached.delete(cached.keys().next().value!)
      return judging
    },
  )
}

async function judge(db: Db, site: Site, rotation: Rotation): Promise<TwoStrengths> {
  const drawn = await drawnBits(db, site.url)
  const strengths = new TwoStrengthsOfRooms({ prefix: site.id_prefix, length: site.id_length, drawn })
  const [own, undone] = [rotation.rotation, rotation.undo_of].map(number => (number === null ? null : String(number)))
  for await (const items of eachItem(db, keyOf(rotation))) {
    const done = items.filter(({ kind, state }) => kind === 'move' && state === 'done')
    const people = await findByPersonIds(
      db,
      [site.site_id],
      done.flatMap(({ person_id }) => (person_id === '' ? [] : [person_id])),
    )
    const byId = new Map(people.map(person => [person.personId, person]))
    for (const item of done) {
      const person = byId.get(item.person_id)
      if (person !== undefined) strengths.add({ person, ...idsOf(item, undone ?? null, own ?? null) })
    }
  }
  return strengths.result()
}

/** An undo takes away what the rotation drew that it undoes. */
function idsOf(
  { old_id, settled_id, new_id }: RotationItem,
  before: string | null,
  after: string | null,
): Pick<ChangedRoom, 'before' | 'after'> {
  return {
    before: { key: roomIdKey(old_id ?? ''), rotationId: before },
    after: { key: roomIdKey(settled_id ?? new_id ?? ''), rotationId: after },
  }
}
