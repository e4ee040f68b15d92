/** Parsers for command line options; an invalid value is refused with an example of a valid one. */
import { isIP } from 'node:net'
import { InvalidArgumentError } from '@commander-js/extra-typings'
import { parseSite } from '../../rooms/parse-site.ts'

export function wholeNumber(min: number, max: number): (word: string) => number {
  return word => {
    const number = Number(word)
    if (!/^\d+$/.test(word) || number < min || number > max) {
      throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`)
    }
    return number
  }
}

/** Calls a minute per token, or `off`: commander takes null for an option that was not given. */
export function rateLimit(word: string): number | 'off' {
  return word === 'off' ? word : wholeNumber(1, 1_000_000)(word)
}

/** Addresses and networks, separated by commas. */
export function addresses(word: string): string {
  const wrong = word.split(',').find(each => !isAddress(each.trim()))
  if (wrong === undefined) return word
  throw new InvalidArgumentError(
    'Give addresses or networks separated by commas, e.g. 10.0.0.7,192.168.0.0/24. A network of everybody, such as 0.0.0.0/0, would let anybody claim any address.',
  )
}

/** E.g. `10.0.0.7` or `fd00::/8`; without the zone of a link. */
function isAddress(word: string): boolean {
  const [address = '', bits, more] = word.split('/')
  const version = isIP(address)
  if (version === 0 || more !== undefined || address.includes('%')) return false
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (version === 4 ? 32 : 128))
  )
}

/** Origins of web pages, separated by commas. */
export function origins(word: string): string[] {
  const given = word.split(',').map(each => each.trim().toLowerCase())
  if (given.every(each => /^https?:/.test(each) && URL.canParse(each) && new URL(each).origin === each)) return given
  throw new InvalidArgumentError('Give origins separated by commas, without a path, e.g. https://app.example.com.')
}

export function webUrl(word: string): string {
  const url = URL.canParse(word) ? new URL(word) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new InvalidArgumentError('Give a URL such as http://127.0.0.1:8787.')
  if (url.username !== '' || url.password !== '')
    throw new InvalidArgumentError('Give the token in ROOMKEY_TOKEN, never in the URL.')
  return word.replace(/\/+$/, '')
}

/** A site, perhaps as a link to it. */
export function siteArgument(word: string): string {
  const site = parseSite(word)
  if (site === undefined) throw new InvalidArgumentError('Give the host name of a site, such as example.webex.com.')
  return site
}

/** Several sites, each a word of its own. */
export function siteArguments(word: string, before: string[] = []): string[] {
  return [...before, siteArgument(word)]
}

/** `webex`, or the URL of a service. */
export function targetArgument(word: string): string {
  return word === 'webex' ? word : webUrl(word)
}

const unitsMs: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** A length of time such as `30m`, in milliseconds. */
export function duration(word: string): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(word) ?? []
  if (word === '0') return 0
  if (count === undefined) throw new InvalidArgumentError('Give a time such as 90s, 30m, 1h or 2d, or 0.')
  return Number(count) * unitsMs[unit!]!
}
