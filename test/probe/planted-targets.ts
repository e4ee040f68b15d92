/** Twenty targets with other habits each, and a probe of one of them in simulated time. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Chance } from '../../devtools/chance.ts'
import { JournalFile } from '../../src/probe/journal.ts'
import { findRooms, type Probed, probe, restoreEarlier } from '../../src/probe/probe.ts'
import type { ProbeDeps, TestRoom } from '../../src/probe/target.ts'
import { startRoomkey } from '../../src/testkit/start-roomkey.ts'
import type { Roomkey, TargetAnswers } from '../../src/testkit/types.ts'
import { staticToken } from '../../src/webex/sign-in/token-source.ts'

export const siteUrl = 'example.webex.com'
export const people = [
  { email: 'ann@example.com', personalMeetingRoomId: 'ann.lee' },
  { email: 'bob@example.com', personalMeetingRoomId: 'Bob-2' },
  { email: 'cleo@example.com', personalMeetingRoomId: 'cleo-3' },
]

const token = 'test-token'

/** What Roomkey itself does. */
export const roomkeyHabits = {
  lastHolder: 'returns',
  personIds: 'accepted',
  staleSeconds: 0,
  listedRooms: 'fresh',
  ownId: 'accepted',
  freedIds: 'reserved',
  idCase: 'ignored',
  refusedBatch: 'changesNobody',
  offenders: 'named',
  swaps: 'inBatch',
  samePersonTwice: 'refused',
  sameIdTwice: 'refused',
  answerOrder: 'asRequested',
  longIds: 'accepted',
  underscores: 'accepted',
  retryAfter: 'unknown',
} satisfies TargetAnswers

const others: { [Name in keyof TargetAnswers]: TargetAnswers[Name][] } = {
  personIds: ['refused'],
  staleSeconds: [7, 90, 1800],
  listedRooms: ['stale', 'absent'],
  ownId: ['refused'],
  freedIds: ['free'],
  idCase: ['matters'],
  refusedBatch: ['changesThoseBefore', 'changesOthers'],
  offenders: ['unnamed'],
  swaps: ['inOrder', 'refused'],
  samePersonTwice: ['firstWins', 'lastWins'],
  sameIdTwice: ['accepted'],
  answerOrder: ['other'],
  longIds: ['refused'],
  underscores: ['refused'],
  retryAfter: ['seconds', 'fraction', 'date', 'other', 'none'],
}

/** Roomkey's own habits, one that keeps IDs from those who gave them up, and others at random, in which each is. */
export function plantedTargets(): TargetAnswers[] {
  const chance = new Chance(22)
  const drawn = Array.from({ length: 18 }, (_, index): TargetAnswers => {
    const habits = Object.entries(others).map(([name, values]) => {
      const plain = roomkeyHabits[name as keyof TargetAnswers]
      return [name, chance.oneOf([plain, values[index % values.length]])]
    })
    return { ...roomkeyHabits, ...Object.fromEntries(habits) }
  })
  return [roomkeyHabits, ...drawn, { ...roomkeyHabits, lastHolder: 'waits' }]
}

export class PlantedTarget {
  readonly roomkey: Roomkey
  readonly journal: JournalFile
  readonly #folder: string
  /** Calls that it has been sent. */
  calls = 0

  private constructor(roomkey: Roomkey, folder: string) {
    this.roomkey = roomkey
    this.#folder = folder
    this.journal = new JournalFile(join(folder, 'probe.json'))
  }

  static async start(answers: TargetAnswers): Promise<PlantedTarget> {
    const hasLimit = answers.retryAfter !== 'unknown'
    const roomkey = await startRoomkey({
      profile: { answers },
      seed: { sites: [{ siteUrl, people }], tokens: [{ token }] },
      frozen: true,
      ...(hasLimit && { rateLimit: 120 }),
    })
    return new PlantedTarget(roomkey, mkdtempSync(join(tmpdir(), 'probe-')))
  }

  async close(): Promise<void> {
    await this.roomkey.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  deps(fetchIt: ProbeDeps['fetch'] = fetch): ProbeDeps {
    const { clock, url } = this.roomkey
    return {
      baseUrl: `${url}/v1`,
      siteUrl,
      fetch: (address, init) => {
        this.calls += 1
        return fetchIt(address, init)
      },
      token: staticToken(token),
      clock: { now: () => clock.now().getTime(), sleep: (ms, signal) => sleepBy(clock, ms, signal) },
      patienceMs: 40 * 60_000,
      burst: 150,
      tell: () => undefined,
    }
  }

  /** As the command does it: what an earlier one has left is put back first. */
  async probe(deps: ProbeDeps = this.deps()): Promise<Probed> {
    const earlier = this.journal.read()
    if (earlier !== undefined) await restoreEarlier(deps, earlier, this.journal)
    const emails = people.map(({ email }) => email)
    return probe(deps, await findRooms(deps, emails, earlier), this.journal)
  }

  async restore(): Promise<TestRoom[]> {
    const earlier = this.journal.read()
    return earlier === undefined ? [] : restoreEarlier(this.deps(), earlier, this.journal)
  }

  /** Dies at that call, before it is sent or before its answer comes. False where the probe has ended by then. */
  probeAndDieAt(call: number, isSent: boolean): Promise<boolean> {
    return new Promise<boolean>((resolve, reject) => {
      let count = 0
      const deps = this.deps(async (address, init) => {
        count += 1
        if (count < call) return fetch(address, init)
        if (count === call) {
          if (isSent) await (await fetch(address, init)).text()
          resolve(true)
        }
        // Nothing of a process that has died goes on.
        return new Promise<never>(() => undefined)
      })
      this.probe(deps).then(() => resolve(false), reject)
    })
  }

  /** The IDs of the three rooms, as they are and not as they are shown. */
  async ids(): Promise<(string | null)[]> {
    return Promise.all(people.map(({ email }) => this.roomkey.people.roomId(email)))
  }
}

async function sleepBy(clock: Roomkey['clock'], ms: number, signal?: AbortSignal): Promise<void> {
  // The time limits of calls, which are given up as soon as there is an answer.
  if (ms === 60_000 && signal !== undefined)
    return new Promise(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
  await clock.advance(ms)
}
