/**
 * The scopes and roles that each kind of call requires. Source of the `meeting:` and `spark-admin:` scopes and of the
 * roles: developer.webex.com.
 */

import { type Role, roles, type Scope, scopes } from '../../wire/access.ts'

export { type Role, roles, type Scope, scopes }

/** The caller must hold one of these: a scope, in one of the roles. */
export type Access = readonly { scope: Scope; roles: readonly Role[] }[]

/** Refreshing rooms: "full or content administrator with the preferences scopes; site administrator with the config scopes". */
export const refreshAccess: Access = [
  { scope: 'meeting:admin_preferences_write', roles: ['fullAdmin', 'contentAdmin'] },
  { scope: 'meeting:admin_config_write', roles: ['fullAdmin', 'siteAdmin'] },
]

/** Any token, whatever its scopes. */
export const anyAccess: Access = scopes.map(scope => ({ scope, roles }))

/** Roomkey's own administration. */
export const adminAccess: Access = [{ scope: 'roomkey:admin', roles: ['fullAdmin', 'siteAdmin'] }]

/** The same, for the service as a whole. */
export const fullAdminAccess: Access = [{ scope: 'roomkey:admin', roles: ['fullAdmin'] }]

/** Reading and changing other people's preferences, as the batch refresh divides it between roles. */
export const othersPreferencesRead: Access = [
  { scope: 'meeting:admin_preferences_read', roles: ['fullAdmin', 'contentAdmin'] },
  { scope: 'meeting:admin_config_read', roles: ['fullAdmin', 'siteAdmin'] },
]

/** Calls about preferences: one's own, or other people's. */
export const preferencesRead: Access = [{ scope: 'meeting:preferences_read', roles }, ...othersPreferencesRead]
export const preferencesWrite: Access = [{ scope: 'meeting:preferences_write', roles }, ...refreshAccess]

/** Calls about meetings: one's own, or other people's. */
export const othersMeetingsRead: Access = [
  { scope: 'meeting:admin_schedule_read', roles: ['fullAdmin', 'contentAdmin'] },
]
export const othersMeetingsWrite: Access = [
  { scope: 'meeting:admin_schedule_write', roles: ['fullAdmin', 'contentAdmin'] },
]
export const meetingsRead: Access = [{ scope: 'meeting:schedules_read', roles }, ...othersMeetingsRead]
export const meetingsWrite: Access = [{ scope: 'meeting:schedules_write', roles }, ...othersMeetingsWrite]

/** Calls about people: everybody on the caller's sites, or the caller alone. */
export const everybodyRead: Access = [
  { scope: 'spark-admin:people_read', roles: ['fullAdmin', 'contentAdmin', 'siteAdmin'] },
]
export const peopleRead: Access = [...everybodyRead, { scope: 'spark:people_read', roles }]
export const peopleWrite: Access = [{ scope: 'spark-admin:people_write', roles: ['fullAdmin', 'siteAdmin'] }]

/** The settings of a site. */
export const configRead: Access = [{ scope: 'meeting:admin_config_read', roles: ['fullAdmin', 'siteAdmin'] }]
export const configWrite: Access = [{ scope: 'meeting:admin_config_write', roles: ['fullAdmin', 'siteAdmin'] }]

/** Webhooks report changes of everybody's rooms, so they are for administrators. */
export const webhooksRead: Access = [
  { scope: 'spark:webhooks_read', roles: ['fullAdmin', 'contentAdmin', 'siteAdmin'] },
]
export const webhooksWrite: Access = [
  { scope: 'spark:webhooks_write', roles: ['fullAdmin', 'contentAdmin', 'siteAdmin'] },
]
