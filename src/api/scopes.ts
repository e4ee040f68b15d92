/** Who may do what. Source of the `meeting:` and `spark-admin:` scopes and of the roles: developer.webex.com. */

export const roles = ['fullAdmin', 'contentAdmin', 'siteAdmin', 'user'] as const
export type Role = (typeof roles)[number]

export const scopes = [
  'meeting:admin_preferences_write',
  'meeting:admin_preferences_read',
  'meeting:admin_config_write',
  'meeting:admin_config_read',
  'meeting:preferences_write',
  'meeting:preferences_read',
  'spark-admin:people_write',
  'spark-admin:people_read',
  'spark:people_read',
  'spark:webhooks_write',
  'spark:webhooks_read',
  'roomkey:admin',
] as const
export type Scope = (typeof scopes)[number]

/** One of these must be held: a scope, in one of the roles. */
export type Access = readonly { scope: Scope; roles: readonly Role[] }[]

/** Refreshing rooms: "full or content administrator with the preferences scopes; site administrator with the config scopes". */
export const refreshAccess: Access = [
  { scope: 'meeting:admin_preferences_write', roles: ['fullAdmin', 'contentAdmin'] },
  { scope: 'meeting:admin_config_write', roles: ['fullAdmin', 'siteAdmin'] },
]

/** Roomkey's own administration. */
export const adminAccess: Access = [{ scope: 'roomkey:admin', roles: ['fullAdmin', 'siteAdmin'] }]
