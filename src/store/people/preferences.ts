import { type Actor, insertAuditEvent } from '../audit-log/audit-events.ts'
import type { Db, PreferenceKind } from '../tables.ts'

/** A person's preferences of one kind: the JSON as it was stored, or undefined where nothing was ever set. */
export async function readPreference(
  db: Db,
  { siteId, person }: { siteId: number; person: number },
  kind: PreferenceKind,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('preference')
    .select('value')
    .where('site_id', '=', siteId)
    .where('person', '=', person)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return row?.value
}

export interface NewPreference extends Actor {
  siteId: number
  person: number
  kind: PreferenceKind
  /** JSON without any PIN. */
  value: string
  /** Absent to leave the PIN as it is. */
  pinHash?: string
  /** The person's e-mail when somebody else changes it, which goes into the audit log; null for one's own. */
  onBehalfOf: string | null
}

export async function savePreference(db: Db, preference: NewPreference): Promise<void> {
  const { siteId, person, kind, value, pinHash, onBehalfOf } = preference
  const pin = pinHash === undefined ? {} : { pin_hash: pinHash }
  await db
    .insertInto('preference')
    .values({ site_id: siteId, person, kind, value, pin_hash: pinHash ?? null })
    .onConflict(conflict => conflict.columns(['site_id', 'person', 'kind']).doUpdateSet({ value, ...pin }))
    .execute()
  if (onBehalfOf === null) return
  await insertAuditEvent(db, preference, {
    siteId,
    action: 'preference.changed',
    subject: onBehalfOf,
    detail: { kind },
  })
}

/** The default site for a person's calls that name none, or undefined where none was chosen. */
export async function readDefaultSite(db: Db, email: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('default_site')
    .select('chosen_site')
    .where('email_key', '=', email.toLowerCase())
    .executeTakeFirst()
  return row?.chosen_site
}

export interface DefaultSiteChoice extends Actor {
  email: string
  siteId: number
  siteUrl: string
  /** False where an administrator chooses for somebody else, which goes into the audit log. */
  isOwn: boolean
}

export async function chooseDefaultSite(db: Db, choice: DefaultSiteChoice): Promise<void> {
  const { email, siteId, siteUrl, isOwn } = choice
  await db
    .insertInto('default_site')
    .values({ email_key: email.toLowerCase(), chosen_site: siteId })
    .onConflict(conflict => conflict.column('email_key').doUpdateSet({ chosen_site: siteId }))
    .execute()
  if (isOwn) return
  await insertAuditEvent(db, choice, { siteId, action: 'defaultSite.chosen', subject: email, detail: { siteUrl } })
}
