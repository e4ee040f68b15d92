import { type Origin, recordAct } from './audit-events.ts'
import type { Db } from './tables.ts'

export interface CommonSettingsChange extends Origin {
  siteId: number
  siteUrl: string
  /** Whether hosts may change their own IDs; null to leave it. */
  allowCustomUrl: boolean | null
  /** JSON of all the other settings, as they shall be; null to leave them. */
  settings: string | null
  /** What was asked for, for the record. */
  asked: Record<string, unknown>
}

export async function changeCommonSettings(db: Db, change: CommonSettingsChange): Promise<void> {
  const { siteId, siteUrl, allowCustomUrl, settings, asked } = change
  const changed = {
    ...(allowCustomUrl === null ? {} : { allow_custom_url: allowCustomUrl ? (1 as const) : (0 as const) }),
    ...(settings === null ? {} : { common_settings: settings }),
  }
  if (Object.keys(changed).length > 0) {
    await db.updateTable('site').set(changed).where('site_id', '=', siteId).execute()
  }
  await recordAct(db, change, { siteId, action: 'commonSettings.changed', subject: siteUrl, detail: asked })
}
