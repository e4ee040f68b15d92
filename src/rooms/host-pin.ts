/**
 * What a host PIN may be. Source: the official description of `hostPin`: "digits of a predefined length, e.g. 4 digits.
 * It cannot contain sequential digits, such as 1234 or 4321, or repeated digits of the predefined length, such as 1111."
 */
export const hostPinLength = 4

/** Says what is wrong with a PIN as one sentence that does not repeat it, or nothing when it is good. */
export function hostPinFault(name: string, pin: string): string | undefined {
  if (!/^\d{4}$/.test(pin)) return `${name} must be exactly ${hostPinLength} digits.`
  const steps = new Set([...pin].slice(1).map((digit, before) => Number(digit) - Number(pin[before])))
  if (steps.size > 1) return undefined
  if (steps.has(0)) return `${name} must not repeat one digit.`
  if (steps.has(1) || steps.has(-1)) return `${name} must not be a sequence of digits.`
  return undefined
}
