/** The target as a probe asks it: one call at a time, each noted as evidence in which people and IDs have names of their own. */
import { message } from '../messages/message.ts'
import { render } from '../messages/render.ts'
import { readRoomLink } from '../rooms/room-link.ts'
import { answers } from '../webex/calls/answers.ts'
import { type Call, type CallDeps, type Called, call } from '../webex/calls/calls.ts'
import type { Clock } from '../webex/calls/clock.ts'
import { describeOddAnswer } from '../webex/calls/odd-answer.ts'
import { readPerson } from '../webex/calls/person.ts'
import { denied } from '../webex/calls/reads.ts'
import { readRefreshAnswer } from '../webex/calls/refresh-answer.ts'
import { TargetError } from '../webex/calls/target-error.ts'
import { Masks } from './masks.ts'
import { randomId } from './probe-ids.ts'
import type { Evidence } from './target-profile.ts'

export interface TestRoom {
  /** What it is called in the evidence: A, B or C. */
  name: 'A' | 'B' | 'C'
  email: string
  personId: string
  /** The ID to put back. */
  originalId: string
}

/** `unclear`: no answer, a 5xx, or one that cannot be understood; anything may have happened. */
export type Asked = 'accepted' | 'refused' | 'unclear'

export interface ProbeDeps {
  /** With `/v1`. */
  baseUrl: string
  siteUrl: string
  fetch: CallDeps['fetch']
  token: CallDeps['token']
  clock: Clock
  /** How long to wait for a reading, or because the target asks to slow down, in milliseconds. */
  patienceMs: number
  /** How many readings may be made at once to see how the target asks to slow down. */
  burst: number
  tell: (words: string) => void
  signal?: AbortSignal
}

/** Somebody asked for the probe to end. */
export class Stopped extends Error {}

export class ProbeTarget {
  /** Of the last batch: whose rooms the answer lists, in its order; and the items that the refusal names. */
  answered: (TestRoom['name'] | undefined)[] = []
  offenders: number[] | null = null
  /** Every `Retry-After` of a 429 or 423 so far. */
  readonly waitsAsked: (string | null)[] = []
  addressBy: 'personId' | 'email' = 'personId'
  readonly #deps: ProbeDeps
  readonly #masks: Masks
  #evidence: Evidence[] = []

  constructor(deps: ProbeDeps, masks = new Masks()) {
    this.#deps = deps
    this.#masks = masks
  }

  get patienceMs(): number {
    return this.#deps.patienceMs
  }

  get burst(): number {
    return this.#deps.burst
  }

  get masks(): Masks {
    return this.#masks
  }

  now(): number {
    return this.#deps.clock.now()
  }

  tell(words: string): void {
    this.#deps.tell(words)
  }

  /** @throws Stopped */
  async pause(ms: number): Promise<void> {
    await this.#deps.clock.sleep(ms, this.#deps.signal)
    if (this.#deps.signal?.aborted) throw new Stopped()
  }

  /** What was called and answered since the last time. */
  takeEvidence(): Evidence[] {
    const evidence = this.#evidence
    this.#evidence = []
    return evidence
  }

  newId(): string {
    const id = randomId('rk-probe-', 24)
    this.#masks.addId(id)
    return id
  }

  give(room: TestRoom, id: string): Promise<Asked> {
    return this.refresh([room, id])
  }

  /** @throws TargetError where the target refuses us altogether; Stopped */
  async refresh(...items: [TestRoom, string][]): Promise<Asked> {
    const by = this.addressBy
    const personalMeetingRoomIds = items.map(([room, id]) => ({ [by]: room[by], personalMeetingRoomId: id }))
    const called = await this.#call(
      `refreshId ${items.map(([{ name }, id]) => `${name} to ${this.#masks.mask(id)}`).join(', ')}`,
      {
        method: 'POST',
        url: `${this.#deps.baseUrl}/admin/meetingPreferences/personalMeetingRoom/refreshId`,
        body: { siteUrl: this.#deps.siteUrl, personalMeetingRoomIds },
      },
    )
    const answer = readRefreshAnswer(called)
    this.answered = []
    this.offenders = null
    switch (answer.kind) {
      case 'accepted':
        this.answered = answer.rooms.map(({ personId, email }) => {
          const found = items.find(([room]) => room.personId === personId || sameText(room.email, email))
          return found?.[0].name
        })
        return 'accepted'
      case 'refused':
        this.offenders = answer.offenders?.map(({ item }) => item) ?? null
        return 'refused'
      case 'denied':
        throw new TargetError('denied', answer.reason, { status: answer.status, trackingId: answer.trackingId })
      default:
        return 'unclear'
    }
  }

  /** The ID of a room as a reading shows it; undefined where it shows none. */
  async readRoom(room: Pick<TestRoom, 'name' | 'email'>): Promise<string | undefined> {
    const called = await this.#call(`read ${room.name}`, this.#reading(room))
    return called.kind === 'response' ? roomIdIn(called.json) : undefined
  }

  /** One reading, however it is answered. */
  async readOnce(room: Pick<TestRoom, 'name' | 'email'>): Promise<void> {
    this.#note(`read ${room.name}`, await this.#send(this.#reading(room)))
  }

  /** The person as the list of people shows them; undefined where it does not. @throws TargetError */
  async readPersonOf({ name, email }: Pick<TestRoom, 'name' | 'email'>) {
    const url = `${this.#deps.baseUrl}/people?${new URLSearchParams({ email })}`
    const called = await this.#call(`list ${name}`, { method: 'GET', url })
    if (called.kind !== 'response') throw new TargetError('down', called.why)
    const { status, json, trackingId } = called
    if (status !== 200) throw denied(message('actionListPeople'), called)
    if (!answers.people.Check(json)) throw new TargetError('unexpected', describeOddAnswer(called), { trackingId })
    return json.items.map(readPerson).find(person => sameText(person.email, email))
  }

  /** The ID that the list of people shows; null where it shows none. @throws TargetError */
  async readListed(room: Pick<TestRoom, 'name' | 'email'>): Promise<string | null> {
    const person = await this.readPersonOf(room)
    return person?.listedRooms.get(this.#deps.siteUrl.toLowerCase()) ?? null
  }

  #reading({ email }: Pick<TestRoom, 'email'>): Call {
    const query = new URLSearchParams({ userEmail: email, siteUrl: this.#deps.siteUrl })
    return { method: 'GET', url: `${this.#deps.baseUrl}/meetingPreferences/personalMeetingRoom?${query}` }
  }

  /** Calls, and waits and calls again where the target asks for that. */
  async #call(words: string, request: Call): Promise<Called> {
    for (const began = this.now(); ; ) {
      const called = await this.#send(request)
      this.#note(words, called)
      if (called.kind !== 'response' || (called.status !== 429 && called.status !== 423)) return called
      const waitMs = called.asked?.waitMs ?? 1000
      if (this.now() + waitMs - began > this.patienceMs) {
        const until = new Date(this.now() + waitMs).toISOString()
        throw new TargetError('later', `The target asks to wait until ${until}.`, { until: this.now() + waitMs })
      }
      this.tell(`waiting ${Math.ceil(waitMs / 1000)} s as the target asks`)
      await this.pause(waitMs)
    }
  }

  async #send(request: Call): Promise<Called> {
    const { fetch, token, clock, signal } = this.#deps
    if (signal?.aborted) throw new Stopped()
    this.#masks.addSecret(await token.token())
    const called = await call({ fetch, token, clock }, request)
    if (called.kind === 'response' && (called.status === 429 || called.status === 423)) {
      this.waitsAsked.push(called.asked?.header ?? null)
    }
    return called
  }

  #note(words: string, called: Called): void {
    const status = called.kind === 'response' ? called.status : null
    this.#evidence.push({ call: words, status, answer: this.#masks.mask(shownOf(called)).slice(0, longestAnswer) })
  }
}

const longestAnswer = 300

/** What an answer says of rooms, people and mistakes, and nothing else: that of a room holds its host's PIN. */
function shownOf(called: Called): string {
  if (called.kind !== 'response') return render(called.why)
  const { json, text, asked } = called
  if (asked !== null) return `Retry-After: ${asked.header ?? 'none'}`
  if (answers.refreshed.Check(json)) {
    return json.personalMeetingRoomIds
      .map(({ email, personId, personalMeetingRoomId }) => `${personId ?? email} ${personalMeetingRoomId}`)
      .join(', ')
  }
  const roomId = roomIdIn(json)
  if (roomId !== undefined) return roomId
  if (answers.people.Check(json)) {
    const listed = json.items.map(readPerson).map(({ listedRooms }) => [...listedRooms.values()].join(' ') || 'no room')
    return `${json.items.length} listed: ${listed.join(', ')}`
  }
  if (json === undefined) return text.slice(0, longestAnswer)
  const { message: words, title, detail, errors } = (json ?? {}) as Record<string, unknown>
  return JSON.stringify(errors === undefined ? { message: words, title, detail } : { errors })
}

function roomIdIn(json: unknown): string | undefined {
  return answers.room.Check(json) ? readRoomLink(json.personalMeetingRoomLink.trim())?.roomId : undefined
}

function sameText(one: string, other: string | null): boolean {
  return one.toLowerCase() === other?.toLowerCase()
}
