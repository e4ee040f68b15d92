// A plan of as many people as the first argument says, against people that are made up page by page; prints its cost.
import { readFileSync } from 'node:fs'
import { makePlan } from '#roomkey/rotations/planning/make-plan.js'
import { profiles } from '#roomkey/rotations/target/profile.js'
import { openStore } from '#roomkey/store/open-store.js'
import { secureRandomText } from '#roomkey/store/secure-random.js'

const count = Number(process.argv[2])
const siteUrl = 'example.webex.com'
const store = await openStore('sqlite::memory:')
let reading = 0
let peakKb = 0

/** Memory of this process's own: pages of the database that the system keeps in memory are not, and it takes them back. */
function sample() {
  const own = /RssAnon:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  peakKb = Math.max(peakKb, Number(own ?? process.memoryUsage.rss() / 1024))
}
setInterval(sample, 20).unref()

const client = {
  notes: () => [],
  async *peoplePages() {
    for (let first = 0; first < count; first += 1000) {
      const began = performance.now()
      await new Promise(resolve => setTimeout(resolve, 1))
      const page = Array.from({ length: Math.min(1000, count - first) }, (_, index) => ({
        personId: `Y2lzY29zcGFyazovL3VzL1BFT1BMRS8-${first + index}`,
        email: `person.number${first + index}@example.com`,
        firstName: 'Person',
        lastName: `Number${first + index}`,
        displayName: `Person Number${first + index}`,
        department: null,
        pending: false,
        sites: new Map([[siteUrl, 'host']]),
        listedRooms: new Map([[siteUrl, `person.number${first + index}`]]),
      }))
      reading += performance.now() - began
      sample()
      yield { people: page, next: first + 1000 < count ? String(first + 1000) : null }
    }
  },
}
const began = performance.now()
const { moves } = await makePlan(
  {
    siteUrl,
    target: 'https://target.example/v1',
    profile: profiles.roomkey,
    choice: { who: 'everyone' },
    retained: null,
    allowUnmatched: false,
    source: { kind: 'random', prefix: '', bits: 60 },
    canary: 10,
    freeze: false,
  },
  {
    store,
    client,
    randomText: secureRandomText,
    questions: { isGuessable: () => true, isPinned: () => false, ageInDays: () => null },
    now: Date.now,
  },
)
const seconds = (performance.now() - began) / 1000
sample()
const peakMb = peakKb / 1024
const mappedMb = process.resourceUsage().maxRSS / 1024
process.stdout.write(JSON.stringify({ moves, peakMb, mappedMb, seconds, reading: reading / 1000 }))
await store.close()
