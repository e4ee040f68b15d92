/** The roles and scopes of access tokens. Source of the `meeting:` and `spark` scopes and of the roles: developer.webex.com. */

export const roles = ['fullAdmin', 'contentAdmin', 'siteAdmin', 'user'] as const
export type Role = (typeof roles)[number]

export const scopes = [
  'meeting:admin_preferences_write',
  'meeting:admin_preferences_read',
  'meeting:admin_config_write',
  'meeting:admin_config_read',
  'meeting:preferences_write',
  'meeting:preferences_read',
  'meeting:admin_schedule_write',
  'meeting:admin_schedule_read',
  'meeting:schedules_write',
  'meeting:schedules_read',
  'spark-admin:people_write',
  'spark-admin:people_read',
  'spark:people_read',
  'spark:webhooks_write',
  'spark:webhooks_read',
  'roomkey:admin',
] as const
export type Scope = (typeof scopes)[number]
