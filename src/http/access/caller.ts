import type { Role, Scope } from './scopes.ts'

/** Who calls, as the token or the console session of a request says. */
export interface Caller {
  tokenId: string
  name: string
  role: Role
  scopes: ReadonlySet<Scope>
  /** Lower-cased URLs of the sites that the caller may touch; null for all. */
  sites: ReadonlySet<string> | null
  /** Whose token it is, in lower case; null for tokens that belong to nobody. */
  email: string | null
  /** The rotation that the service makes this call for; null for everybody else's calls. */
  rotation: string | null
  /** True for what the service calls itself: it counts towards nobody's limit. */
  internal: boolean
}
