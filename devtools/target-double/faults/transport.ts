/** What gets lost between the caller and the target. */
import type { Answer, Call, Fault, Hooks, World } from '../fault.ts'
import { someHosts, strikes } from './victims.ts'

/**
 * Often enough to meet every kind of call, and rarely enough that six tries get a reading through, and three a room that
 * is sent alone.
 */
function isStruck(call: Call, world: World): boolean {
  return call.kind === 'refresh' ? strikes(call, 3) && !wasLostTwice(call, world) : call.number % 11 === 0
}

/** Whether this room alone was lost the last two times, by whatever fault. */
function wasLostTwice({ about: [person, ...others] }: Call, { account }: World): boolean {
  if (person === undefined || others.length > 0) return false
  const outcomes = account.calls
    .filter(({ kind, people }) => kind === 'refresh' && people.length === 1 && people[0] === person.personId)
    .map(({ outcome }) => outcome)
    .filter(outcome => outcome !== null && outcome !== 429)
  return outcomes.length > 1 && outcomes.slice(-2).every(outcome => typeof outcome === 'string' || outcome! >= 300)
}

const badGateway: Answer = { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad Gateway</h1>' }

function before(answer: Answer, isStruck: (call: Call) => boolean): Hooks {
  return { instead: call => (isStruck(call) ? answer : undefined) }
}

function after(world: World, change: (answer: Answer) => Answer): Hooks {
  return { answers: (call, answer) => (isStruck(call, world) ? change(answer) : answer) }
}

export const transport = {
  resetBefore: {
    about: 'connections are reset before the target does anything',
    begin: world => before({ status: 0, lost: 'reset' }, call => isStruck(call, world)),
  },
  resetAfter: {
    about: 'connections are reset after the work was done',
    begin: world => after(world, answer => ({ ...answer, lost: 'reset' })),
  },
  html502Before: {
    about: 'a gateway answers 502, and nothing was done',
    begin: world => before(badGateway, call => isStruck(call, world)),
  },
  html502After: {
    about: 'a gateway answers 502 after the work was done',
    begin: world => after(world, () => badGateway),
  },
  hangAfter: {
    about: 'the answer never comes, after the work was done',
    begin: world => after(world, answer => ({ ...answer, lost: 'hang' })),
  },
  bodyCut: {
    about: 'answers break off in the middle',
    begin: world => after(world, answer => ({ ...answer, lost: 'cut' })),
  },
  poison: {
    about: 'a batch with one certain person in it always ends in 500, and nothing is done',
    begin(world) {
      const [victim] = someHosts(world, 1)
      return {
        ...before(
          { status: 500, body: { message: 'Something went wrong.' } },
          call => call.kind === 'refresh' && call.about.some(person => person === victim),
        ),
        blocks: person => person === victim,
      }
    },
  },
  redirectRefresh: {
    about: 'every third refresh is redirected to another host by 307, and nothing was done',
    begin: world =>
      before(
        { status: 307, headers: { location: 'https://trap.example/v1/x' } },
        call => call.kind === 'refresh' && isStruck(call, world),
      ),
  },
  redirectRead: {
    about: 'every ninth reading of a room is redirected to another host by 307',
    begin: () =>
      before(
        { status: 307, headers: { location: 'https://trap.example/v1/x' } },
        call => call.kind === 'readRoom' && call.nth % 9 === 0,
      ),
  },
  tokenEnds: {
    about: 'the token ends at some call; another one is good',
    begin(world) {
      const last = world.chance.between(3, 90)
      let ended: string | null | undefined
      return {
        instead(call) {
          const token = call.headers.get('authorization')
          if (ended === undefined && call.number >= last) ended = token
          return token === ended ? { status: 401, body: { message: 'The token has ended.' } } : undefined
        },
      }
    },
  },
} satisfies Record<string, Fault>
