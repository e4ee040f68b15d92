/** Why a database cannot be opened at all, in one sentence that says what to do. It holds no password. */
import { render } from '../../messages/render.ts'
import { systemFailure } from '../../messages/system-failure.ts'
import { StoreError, StoreUnavailable } from '../store-error.ts'
import type { PostgresAddress } from './address.ts'
import { failureOf, messageOf } from './failure.ts'

export function whyNotOpened(failed: unknown, address: PostgresAddress): unknown {
  if (failed instanceof StoreError) return failed
  const error = failed instanceof StoreUnavailable && failed.cause !== undefined ? failed.cause : failed
  const advice = adviceAbout(error, address)
  return advice === undefined ? error : new StoreError(`${address.place} ${advice}`)
}

/** What goes on after the name of the place. */
function adviceAbout(error: unknown, { tls, hosts, options }: PostgresAddress): string | undefined {
  const { code = '' } = error as NodeJS.ErrnoException
  const said = messageOf(error)
  const { why, remedy } = systemFailure(error) ?? {}

  const parameter = /unsupported startup parameter:? "?(\w+)/.exec(said)?.[1]
  if (parameter !== undefined) {
    const remedy =
      options !== undefined && parameter === 'options'
        ? 'set what options holds with alter role … set … on the server, and leave options out'
        : `add ${parameter} to ignore_startup_parameters of the pooler`
    return `is behind a pooler that does not pass ${parameter} on; ${remedy}.`
  }
  if (/does not support SSL/.test(said)) {
    return `does not speak TLS, which sslmode=${tls} asks for; turn ssl on there, or give sslmode=disable.`
  }
  if (/password must be a (non-empty )?string|requires a password|no password/i.test(said)) {
    return 'asks for a password; put it into PGPASSWORD or ~/.pgpass.'
  }
  if (/SASL|SCRAM/.test(said)) return `cannot agree on how to sign in (${said}); check the password and sslmode.`
  if (code === '28000' && /no encryption/.test(said)) {
    return 'takes only encrypted connections from here; give sslmode=require, or better verify-full.'
  }
  if (code === '28000' && /pg_hba|SSL encryption/.test(said)) {
    return 'takes no connection of this user from here; add a line to its pg_hba.conf, or name another user.'
  }
  if (/^28/.test(code)) return 'refuses the user or the password; put the right ones into DATABASE_URL.'
  if (code === '3D000') return 'does not exist; make it with createdb, or name another one.'
  if (code === '42501') return 'has no right for the user to make tables; grant CREATE on its schema, or use its owner.'
  if (code === 'ENOTPRIMARY') return `can only be read (${hosts.length} tried); name a host that can be written to.`
  if (code === '57014') return 'ended a statement that took too long; raise statement_timeout of the user or database.'
  if (code === '53300') return `has no connection free (${said}); allow the user at least two, or end others.`
  switch (why?.code) {
    case 'certificateUnknown':
      return `shows a certificate whose authority is not known (${said}); name the authority's file in sslrootcert, or give sslmode=require, which encrypts without verifying.`
    case 'certificateOfOther':
      return `shows a certificate for another name; use that name as host, or give sslmode=verify-ca, which verifies the authority alone.`
    case 'certificateExpired':
    case 'certificateNotYetValid':
    case 'certificateRevoked':
    case 'certificateUnfit':
    case 'tlsMissing':
    case 'tlsFails':
      return `cannot be reached by TLS: ${render(why)}; ${render(remedy!)}.`
  }
  const failure = failureOf(error)
  if (failure === 'lost' || failure === 'away') {
    return `cannot be reached (${said}); start it, or name another one.`
  }
  return why && `cannot be used: ${render(why)}; ${render(remedy!)}.`
}
