import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(scrypt) as (pin: string, salt: Buffer, length: number) => Promise<Buffer>

/**
 * What is stored of a PIN: `scrypt$salt$hash`. It cannot be read back, only compared. But a PIN has so few digits that
 * anyone who holds the database can try them all, so the database must be guarded all the same.
 */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(pin, salt, 32)
  return `scrypt$${salt.toString('base64url')}$${hash.toString('base64url')}`
}
