import { randomInt } from 'node:crypto'

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** An ID that nobody has: letters, digits and the prefix, of that length. */
export function randomId(prefix: string, length: number): string {
  const random = Array.from({ length: length - prefix.length }, () => letters[randomInt(letters.length)])
  return prefix + random.join('')
}

/** Whether a probe has made it. */
export function isProbeId(id: string): boolean {
  return /^rk[-_]probe[-_]/i.test(id)
}

/** Whether help pages and Cisco's own clients agree that this is an ID (webex-js-sdk, VALID_PMR_LINK). */
export function isPlain(id: string): boolean {
  return /^(?=.*[a-z])[a-z0-9][a-z0-9.-]{0,62}$/i.test(id)
}
