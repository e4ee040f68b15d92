import { type Actor, insertAuditEvent } from '../audit-log/audit-events.ts'
import type { Db } from '../tables.ts'

export interface CommonSettingsChange extends Actor {
  siteId: number
  siteUrl: string
  /** Whether hosts may change their own IDs; null to leave it. */
  allowCustomUrl: boolean | null
  /** The other settings to change: objects are merged into what is stored, everything else replaces it. */
  settings: Settings
}

type Settings = { [name: string]: unknown }

export async function changeCommonSettings(db: Db, change: CommonSettingsChange): Promise<void> {
  const { siteId, siteUrl, allowCustomUrl, settings } = change
  // The update comes first: on PostgreSQL it locks the row, so that two concurrent changes of different settings both
  // stay.
  const { common_settings: stored } = await db
    .updateTable('site')
    .set(({ ref }) => ({
      allow_custom_url: allowCustomUrl === null ? ref('allow_custom_url') : allowCustomUrl ? 1 : 0,
    }))
    .where('site_id', '=', siteId)
    .returning('common_settings')
    .executeTakeFirstOrThrow()
  const merged = merge(stored === null ? {} : JSON.parse(stored), settings)
  await db
    .updateTable('site')
    .set({ common_settings: JSON.stringify(merged) })
    .where('site_id', '=', siteId)
    .execute()
  await insertAuditEvent(db, change, {
    siteId,
    action: 'commonSettings.changed',
    subject: siteUrl,
    detail: { ...(allowCustomUrl === null ? {} : { allowCustomPersonalRoomURL: allowCustomUrl }), ...settings },
  })
}

function merge(stored: Settings, change: Settings): Settings {
  const merged = { ...stored }
  for (const [name, value] of Object.entries(change)) {
    const before = merged[name]
    merged[name] = isObject(value) && isObject(before) ? merge(before, value) : value
  }
  return merged
}

function isObject(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
