import type { Role, Scope } from './scopes.ts'

/** The caller, as identified by the token or the console session of a request. */
export interface Caller {
  tokenId: string
  name: string
  role: Role
  scopes: ReadonlySet<Scope>
  /** Lower-cased URLs of the sites that the caller may touch; null for all. */
  sites: ReadonlySet<string> | null
  /** Whose token it is, in lower case; null for tokens that belong to nobody. */
  email: string | null
  /** When the token ends, or the session, if that is earlier; null for never. */
  ends: { at: number; of: 'token' | 'session' } | null
  /** The rotation that the service makes this call for; null for all other calls. */
  rotation: string | null
  /** True for calls that the service makes to itself: they count towards no limit. */
  internal: boolean
}
