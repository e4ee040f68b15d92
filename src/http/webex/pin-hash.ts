import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { hostPinFault } from '../../rooms/host-pin.ts'
import { refuse } from '../plumbing/errors.ts'

const derive = promisify(scrypt) as (pin: string, salt: Buffer, length: number) => Promise<Buffer>

/**
 * The hash to store of a PIN that a caller gave. Nothing to store where there is none, or an empty one: answers never
 * show a PIN, so what was read and is sent back has an empty one.
 *
 * @throws ApiError 400 for a PIN that is not allowed.
 */
export async function readNewPin(name: string, pin: string | undefined): Promise<{ pinHash?: string }> {
  if (pin === undefined || pin === '') return {}
  const fault = hostPinFault(name, pin)
  if (fault !== undefined) throw refuse(400, fault)
  return { pinHash: await hashPin(pin) }
}

/**
 * What is stored of a PIN: `scrypt$salt$hash`. It cannot be read back, only compared. But a PIN has so few digits that
 * anyone who holds the database can try them all, so the database must be guarded all the same.
 */
async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(pin, salt, 32)
  return `scrypt$${salt.toString('base64url')}$${hash.toString('base64url')}`
}
