/** A site elsewhere whose hosts change their rooms while it is read: it remembers who had which ID when. */
import { readRoomOf } from '#roomkey/rotations/target/read-person.js'
import type { Person, WebexClient } from '#roomkey/webex/calls/client.js'
import type { Clock } from '#roomkey/webex/calls/clock.js'

export const siteUrl = 'example.webex.com'
const pageSize = 3
/** How long a call takes. */
export const callMs = 100

interface Account {
  personId: string
  email: string
  role: 'host' | 'attendee' | 'elsewhere' | 'gone'
  roomId: string | null
  history: { from: number; id: string | null }[]
}

/** A clock that moves by calls alone: nobody waits for it, unless `sleep` is given up. */
export class CallClock implements Clock {
  time = Date.UTC(2026, 0, 5, 8)
  now(): number {
    return this.time
  }
  sleep(_ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      if (signal?.aborted) resolve()
      signal?.addEventListener('abort', () => resolve(), { once: true })
    })
  }
}

export class SimulatedSite {
  readonly accounts: Account[] = []
  readonly clock: CallClock
  /** Whether the list shows rooms, and is as fresh as a reading. */
  readonly listsRooms: boolean
  /** Called before each call: what happens meanwhile. */
  meanwhile: () => void = () => undefined
  calls = 0
  readonly #readOnce = new Set<string>()

  constructor(clock: CallClock, listsRooms: boolean) {
    this.clock = clock
    this.listsRooms = listsRooms
  }

  join(email: string, roomId: string | null): void {
    if (this.withEmail(email) !== undefined || (roomId !== null && this.#isTaken(roomId))) return
    const personId = `id-${this.accounts.length}`
    this.accounts.push({ personId, email, role: roomId === null ? 'attendee' : 'host', roomId: null, history: [] })
    this.#give(this.accounts.at(-1)!, roomId)
  }

  /** The nth account does one of the things that happen to accounts. */
  happen(
    what: 'change' | 'swap' | 'leave' | 'return' | 'withdraw' | 'rename' | 'move' | 'handOver',
    nth: number,
    id: string,
  ): void {
    const account = this.accounts[nth % this.accounts.length]!
    const other = this.accounts[(nth + 1) % this.accounts.length]!
    const isHost = account.role === 'host'
    if (what === 'change' && isHost && !this.#isTaken(id)) this.#give(account, id)
    if (what === 'swap' && isHost && other.role === 'host' && other !== account) {
      const [mine, theirs] = [account.roomId!, other.roomId!]
      this.#give(account, theirs)
      this.#give(other, mine)
    }
    if (what === 'leave' || what === 'move' || what === 'withdraw') {
      if (account.role === 'gone') return
      account.role = what === 'leave' ? 'gone' : what === 'move' ? 'elsewhere' : 'attendee'
      this.#give(account, null)
    }
    if (
      what === 'return' &&
      !isHost &&
      !this.#isTaken(id) &&
      [undefined, account].includes(this.withEmail(account.email))
    ) {
      account.role = 'host'
      this.#give(account, id)
    }
    if (what === 'rename' && this.withEmail(`${id}@new.example`) === undefined) account.email = `${id}@new.example`
    // A first reading takes the address as it was listed, so only known people's addresses go to others here.
    if (what === 'handOver' && account.role === 'gone' && this.#readOnce.has(account.personId))
      this.join(account.email, id)
  }

  withEmail(email: string): Account | undefined {
    // No target has two accounts whose addresses differ in their case alone.
    const key = email.toLowerCase()
    return this.accounts.find(account => account.email.toLowerCase() === key && account.role !== 'gone')
  }

  /** The IDs that a room carried at some moment between two times. */
  idsBetween(personId: string, from: number, to: number): (string | null)[] {
    const { history } = this.accounts.find(account => account.personId === personId)!
    return history
      .filter((each, index) => each.from <= to && (history[index + 1]?.from ?? to + 1) >= from)
      .map(({ id }) => id)
  }

  readonly client: Pick<WebexClient, 'peoplePages' | 'readRoom' | 'emailOf'> = {
    peoplePages: from => this.#pages(Number(from ?? 0)),
    readRoom: async (_site, email) => {
      this.#call()
      const account = this.withEmail(email)
      this.clock.time += callMs
      if (account?.role !== 'host') return { missing: 'User not found.' }
      this.#readOnce.add(account.personId)
      return { roomId: account.roomId! }
    },
    emailOf: async personId => {
      this.#call()
      this.clock.time += callMs
      const account = this.accounts.find(each => each.personId === personId)
      return account === undefined || account.role === 'gone' ? null : account.email
    },
  }

  async *#pages(from: number) {
    for (let start: number | null = from; start !== null; ) {
      this.#call()
      const all = this.accounts.filter(({ role }) => role !== 'gone')
      const end: number = start + pageSize
      const people = all.slice(start, end).map(account => this.#asPerson(account))
      if (this.listsRooms) for (const { personId } of people) this.#readOnce.add(personId)
      this.clock.time += callMs
      start = end < all.length ? end : null
      yield { people, next: start === null ? null : String(start) }
    }
  }

  readonly readRoom = (room: Parameters<typeof readRoomOf>[2]) => readRoomOf(this.client, siteUrl, room)

  #call(): void {
    this.calls += 1
    this.meanwhile()
  }

  #asPerson({ personId, email, role, roomId }: Account): Person {
    const name = email.slice(0, email.indexOf('@'))
    return {
      personId,
      email,
      firstName: name,
      lastName: 'Example',
      displayName: `${name} Example`,
      department: null,
      pending: false,
      sites: new Map(role === 'elsewhere' ? [['other.webex.com', 'host']] : [[siteUrl, role as 'host' | 'attendee']]),
      listedRooms: new Map(this.listsRooms && roomId !== null ? [[siteUrl, roomId]] : []),
    }
  }

  #isTaken(id: string): boolean {
    return this.accounts.some(({ roomId }) => roomId?.toLowerCase() === id.toLowerCase())
  }

  #give(account: Account, id: string | null): void {
    account.roomId = id
    account.history.push({ from: this.clock.time, id })
  }
}
