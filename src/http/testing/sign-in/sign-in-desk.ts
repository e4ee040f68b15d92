/**
 * The sign-in service of the stand-in: codes, device codes and refresh tokens, as developer.webex.com describes them.
 * Whoever asks is let in as whom they name: it is for tests.
 */
import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto'
import { hashToken, makeToken } from '../../../store/access/tokens.ts'
import type { Store } from '../../../store/store.ts'
import { dayMs } from '../../../time.ts'
import type { Clock } from '../../../webex/calls/clock.ts'
import { scopes as allScopes, type Role, type Scope } from '../../../wire/access.ts'
import type { SignInChange } from '../../../wire/testing.ts'

const codeMs = 10 * 60_000
const deviceMs = 5 * 60_000
const deviceIntervalMs = 2000
const refreshMs = 90 * dayMs
const accessSecondsOfWebex = (14 * dayMs) / 1000

/** What somebody agreed to. */
export interface Grant {
  clientId: string
  /** Whose tokens these are; null for those of a service app. */
  email: string | null
  role: Role
  scopes: Scope[]
}

interface Code extends Grant {
  redirectUri: string
  challenge: { method: string; value: string } | null
  until: number
}

interface Device {
  clientId: string
  scopes: Scope[]
  userCode: string
  until: number
  askedAt: number
  intervalMs: number
  grant: Grant | null
}

/** As Webex answers: times are seconds. */
export interface Tokens {
  access_token: string
  expires_in: number
  refresh_token: string
  refresh_token_expires_in: number
  token_type: 'Bearer'
  scope: string
}

export type SignInFault =
  | 'invalid_grant'
  | 'invalid_client'
  | 'invalid_request'
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'

export class SignInDesk {
  readonly #store: Store
  readonly #clock: Pick<Clock, 'now'>
  readonly #codes = new Map<string, Code>()
  readonly #devices = new Map<string, Device>()
  readonly #refreshTokens = new Map<string, { grant: Grant; until: number }>()
  #accessTokenIds: string[] = []
  #accessSeconds = accessSecondsOfWebex
  #refusesRefresh = false

  constructor(store: Store, clock: Pick<Clock, 'now'>) {
    this.#store = store
    this.#clock = clock
  }

  /** A code for the redirect, once somebody has agreed. */
  agree(grant: Grant, redirectUri: string, challenge: Code['challenge']): string {
    const code = secret()
    this.#codes.set(code, { ...grant, redirectUri, challenge, until: this.#clock.now() + codeMs })
    return code
  }

  async redeem(given: {
    clientId: string
    code: string
    redirectUri: string
    verifier: string | undefined
  }): Promise<Tokens | SignInFault> {
    const code = this.#codes.get(given.code)
    // A code works once, also where what comes with it is wrong.
    this.#codes.delete(given.code)
    if (code === undefined || code.until <= this.#clock.now()) return 'invalid_grant'
    if (code.clientId !== given.clientId) return 'invalid_client'
    if (code.redirectUri !== given.redirectUri) return 'invalid_grant'
    if (code.challenge !== null && !answers(code.challenge, given.verifier)) return 'invalid_grant'
    return this.#issue(code)
  }

  async refresh(clientId: string, refreshToken: string): Promise<Tokens | SignInFault> {
    const known = this.#refreshTokens.get(refreshToken)
    if (known === undefined || known.until <= this.#clock.now() || this.#refusesRefresh) return 'invalid_grant'
    if (known.grant.clientId !== clientId) return 'invalid_client'
    return this.#issue(known.grant, refreshToken)
  }

  beginDevice(
    clientId: string,
    scopes: Scope[],
  ): { deviceCode: string; userCode: string; seconds: number; interval: number } {
    const deviceCode = secret()
    const userCode = String(randomInt(1_000_000)).padStart(6, '0')
    const until = this.#clock.now() + deviceMs
    const device = {
      clientId,
      scopes,
      userCode,
      until,
      askedAt: Number.NEGATIVE_INFINITY,
      intervalMs: deviceIntervalMs,
    }
    this.#devices.set(deviceCode, { ...device, grant: null })
    return { deviceCode, userCode, seconds: deviceMs / 1000, interval: deviceIntervalMs / 1000 }
  }

  /** Somebody agrees on the other device. False where that code is not waited for. */
  agreeOnDevice(userCode: string, who: { email: string | null; role: Role }): boolean {
    for (const device of this.#devices.values()) {
      if (device.userCode !== userCode || device.until <= this.#clock.now()) continue
      device.grant = { clientId: device.clientId, scopes: device.scopes, ...who }
      return true
    }
    return false
  }

  async pollDevice(clientId: string, deviceCode: string): Promise<Tokens | SignInFault> {
    const device = this.#devices.get(deviceCode)
    const now = this.#clock.now()
    if (device === undefined || device.clientId !== clientId) return 'invalid_grant'
    if (device.until <= now) return 'expired_token'
    const tooSoon = now - device.askedAt < device.intervalMs
    device.askedAt = now
    if (device.grant === null) {
      if (!tooSoon) return 'authorization_pending'
      device.intervalMs += 5000
      return 'slow_down'
    }
    this.#devices.delete(deviceCode)
    return this.#issue(device.grant)
  }

  /** The tokens of a service app, for an organisation that has authorised it. */
  serviceApp(clientId: string): Promise<Tokens> {
    return this.#issue({ clientId, email: null, role: 'fullAdmin', scopes: [...allScopes] })
  }

  /** Ends every access token that was issued here. */
  async endAccessTokens(): Promise<void> {
    for (const tokenId of this.#accessTokenIds) {
      await this.#store.write('revokeToken', { tokenId, now: this.#clock.now() })
    }
    this.#accessTokenIds = []
  }

  change({ accessSeconds, refuseRefresh }: SignInChange): void {
    this.#accessSeconds = accessSeconds ?? this.#accessSeconds
    this.#refusesRefresh = refuseRefresh ?? this.#refusesRefresh
  }

  /** Nothing was ever agreed. */
  forget(): void {
    for (const known of [this.#codes, this.#devices, this.#refreshTokens]) known.clear()
    this.#accessTokenIds = []
    this.#refusesRefresh = false
    this.#accessSeconds = accessSecondsOfWebex
  }

  /** Webex keeps the refresh token, and begins its 90 days anew. */
  async #issue(grant: Grant, refreshToken = secret()): Promise<Tokens> {
    const now = this.#clock.now()
    const { email, role, scopes, clientId } = grant
    const token = makeToken()
    const tokenId = randomUUID()
    const expiresAt = now + this.#accessSeconds * 1000
    const name = `sign-in of ${clientId.slice(0, 60)}`
    await this.#store.write('addToken', {
      madeBy: null,
      tokenId,
      hash: hashToken(token),
      name,
      role,
      scopes,
      sites: null,
      email,
      now,
      expiresAt,
    })
    this.#accessTokenIds.push(tokenId)
    this.#refreshTokens.set(refreshToken, { grant, until: now + refreshMs })
    return {
      access_token: token,
      expires_in: this.#accessSeconds,
      refresh_token: refreshToken,
      refresh_token_expires_in: refreshMs / 1000,
      token_type: 'Bearer',
      scope: scopes.join(' '),
    }
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

/** RFC 7636, section 4.6. */
function answers({ method, value }: NonNullable<Code['challenge']>, verifier: string | undefined): boolean {
  if (verifier === undefined) return false
  return method === 'plain' ? verifier === value : createHash('sha256').update(verifier).digest('base64url') === value
}
