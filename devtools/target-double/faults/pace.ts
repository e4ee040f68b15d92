/** Storms of 429, with every form of `Retry-After` that was seen in the wild. */
import type { Answer, Fault, World } from '../fault.ts'

const everyCalls = 15
const stormMs = 5_000

/**
 * Every so many calls, all are refused for a while; no more often than `most`. `retryAfter` says what the header reads,
 * null for none.
 */
function storms(
  retryAfter: (world: World, untilMs: number) => string | null,
  most = Number.POSITIVE_INFINITY,
): Fault['begin'] {
  return world => {
    let until = 0
    let admitted = 0
    return {
      instead(): Answer | undefined {
        const now = world.now()
        if (now >= until) {
          admitted += 1
          if (admitted % everyCalls !== 0 || admitted > most * everyCalls) return undefined
          until = now + stormMs
        }
        const value = retryAfter(world, until - now)
        return {
          status: 429,
          headers: value === null ? {} : { 'retry-after': value },
          body: { message: 'Too many requests.' },
        }
      },
    }
  }
}

const inSeconds = (ms: number) => String(Math.ceil(ms / 1000))

export const pace = {
  stormSeconds: { about: '429 with the seconds to wait', begin: storms((_, ms) => inSeconds(ms)) },
  stormDate: {
    about: '429 with the date to wait for',
    begin: storms((world, ms) => new Date(Math.ceil((world.now() + ms) / 1000) * 1000).toUTCString()),
  },
  stormUnreadable: {
    about: '429 without Retry-After or with one that no standard knows',
    begin: storms(({ chance }) =>
      chance.oneOf([
        null,
        '',
        'soon',
        '120;',
        '1.5',
        '30.5',
        '30,60',
        '30, 30',
        'rand(30),add(30)',
        '5s',
        'PT5S',
        '1e3',
        '2026-01-05',
      ]),
    ),
  },
  stormZero: {
    about: '429 with no time to wait, or one that is over',
    begin: storms(({ chance }) => chance.oneOf(['0', '-1', '0.0', 'Thu, 01 Jan 1970 00:00:00 GMT'])),
  },
  stormHuge: {
    about: '429 with a time to wait of years, three times',
    begin: storms(({ chance }) => chance.oneOf(['99999999999', '2147484', 'Fri, 31 Dec 9999 23:59:59 GMT']), 3),
  },
} satisfies Record<string, Fault>
