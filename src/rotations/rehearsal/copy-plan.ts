/** The site and the plan that a rehearsal is about, in a store of its own, as they were before anything was sent. */
import type { Insertable } from 'kysely'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { RotationItemRow } from '../../store/rotations/rotation-tables.ts'
import { eachItem, type Rotation, type RotationItem } from '../../store/rotations/rotations.ts'
import { earlierNewIds } from '../../store/rotations/rows.ts'
import { findSite, type Site } from '../../store/sites/sites.ts'
import type { Store } from '../../store/store.ts'
import type { Db } from '../../store/tables.ts'
import { profileOf } from '../target/profile.ts'

/** A plan, in a form that another thread can be given a slice at a time. */
export interface PlanToCopy {
  rotation: Rotation
  /** Undefined where Roomkey knows the site as a target only. */
  site: Site | undefined
  items: AsyncIterable<RotationItem[]>
}

export async function planToCopy(db: Db, rotation: Rotation): Promise<PlanToCopy> {
  const items = eachItem(db, { siteId: rotation.site_id, rotation: rotation.rotation })
  return { rotation, site: await findSite(db, rotation.site_url), items }
}

/** Fills the copy with the snapshot and the plan. */
export async function copyPlan({ rotation, site, items }: PlanToCopy, copy: Store): Promise<RotationKey> {
  const { site_url, ...row } = rotation
  const now = Date.now()
  const siteId = await copy.write('addSite', {
    url: site_url,
    rule: {
      method: site?.generation_method ?? 'random',
      prefix: site?.id_prefix ?? 'pr',
      length: site?.id_length ?? 12,
    },
    quarantineDays: quarantineDays(rotation, site?.quarantine_days),
    now,
  })
  const key = await copy.write('copyRotation', {
    siteUrl: site_url,
    rotation: {
      ...row,
      site_id: siteId,
      state: 'planned',
      // Nobody needs to consent to what changes nothing.
      approval_needed: 0,
      started_at: null,
      finished_at: null,
      frozen_from: null,
      owner: null,
      lease_until: null,
      stop_reason: null,
      stop_asked_at: null,
      verify_began_at: null,
      events: 0,
      head: '',
    },
  })
  for await (const slice of items) {
    await copy.write('copyItems', { items: slice.map(item => unrun(item, siteId)) })
    const people = slice.filter(item => item.kind !== 'temporary' && item.person_id !== '').map(personOf)
    if (people.length > 0)
      await copy.write('addPeople', { siteId, people, tokenId: 'rehearsal', trackingId: 'rehearsal', now })
  }
  return key
}

/** Whether Webex reserves a freed ID is not known, so a rehearsal for it does not, unless a probe has seen it. */
function quarantineDays(rotation: Rotation, ofSite = 30): number {
  const { name, freedIds } = profileOf(rotation)
  if (freedIds !== undefined) return freedIds === 'free' ? 0 : ofSite
  return name === 'webex' ? 0 : ofSite
}

function unrun(item: RotationItem, siteId: number): Insertable<RotationItemRow> {
  return {
    ...item,
    site_id: siteId,
    state: item.kind === 'left' ? 'left' : 'pending',
    reason: item.kind === 'left' ? item.reason : null,
    part: item.part < 2 ** 40 ? item.part : 0,
    // The copy of the site has the IDs of the snapshot.
    read_at: Date.now(),
    planned_old_id: null,
    earlier_new_ids: null,
    ...plannedNewId(item),
    old_id: item.planned_old_id ?? item.old_id,
    tries: 0,
    intent: null,
    since: null,
    due: null,
    settled_id: null,
    settled_at: null,
    tracking_id: null,
    verified: null,
    verified_at: null,
    letter: null,
  }
}

/** As it was planned, whatever a run has drawn since. */
function plannedNewId({ new_id, earlier_new_ids }: RotationItem) {
  const id = earlierNewIds(earlier_new_ids)[0] ?? new_id
  return { new_id: id, new_key: id?.toLowerCase() ?? null }
}

function personOf({ person_id, email, name, old_id }: RotationItem) {
  const [firstName = '', ...others] = name.split(' ')
  return {
    personId: person_id,
    email,
    firstName,
    lastName: others.join(' '),
    displayName: name,
    username: null,
    department: null,
    host: old_id !== null,
    suspended: false,
    pinned: false,
    roomId: old_id,
  }
}
