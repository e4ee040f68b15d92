/**
 * The Webex calls that a rotation needs, to Webex or to a Roomkey service alike. Reads are repeated until they succeed
 * or clearly will not; the refresh itself is sent once, and its outcome is reported exactly, because only the caller
 * can find out what a lost answer meant.
 */
import { type Message, type MessageOrText, message } from '../../messages/message.ts'
import { readRoomLink } from '../../rooms/room-link.ts'
import { answers } from './answers.ts'
import { type Call, type CallDeps, call, normalBaseUrl, Unsent } from './calls.ts'
import { type HostMeeting, type MeetingWindow, readHostMeetings } from './host-meetings.ts'
import { describeOddAnswer } from './odd-answer.ts'
import { listPeople, type PeoplePage } from './people-list.ts'
import { type Person, readPerson } from './person.ts'
import { personKey } from './person-key.ts'
import { createReads, denied, putOff } from './reads.ts'
import { type RefreshAnswer, readRefreshAnswer } from './refresh-answer.ts'
import { readRefusal } from './refusal.ts'

export type { Person } from './person.ts'
export type { RefreshAnswer, RefreshedRoom } from './refresh-answer.ts'

export interface RefreshItem {
  /** The person: by person ID where every item of the call has one, else by e-mail, since Webex allows no mixture. */
  personId?: string
  email: string
  /** Null to let the site's rule make one. */
  roomId: string | null
}

/**
 * A room as it is now. `missing`: the target says that there is none. `unclear`: what it says cannot be understood, time
 * and again, though it can be reached. `at`: when it was read, where that was not now, in milliseconds since 1970.
 */
export type RoomReading = { roomId: string; at?: number } | { missing: MessageOrText } | { unclear: MessageOrText }

export interface WebexClient {
  /**
   * Resolves when the target has not asked for a longer wait, or nobody waits any more.
   * @throws TargetError where it asks for a longer one than anybody waits for
   */
  whenOpen(): Promise<void>
  /** Everybody in the organisation, page by page. @throws TargetError where it cannot be read to its end */
  people(): AsyncGenerator<Person[]>
  /** The same, with where it continues: whoever keeps that may go on from there later, in another process, too. */
  peoplePages(from: string | null): AsyncGenerator<PeoplePage>
  /** The sites on which the owner of the token has an account, in lower case; none where the target does not say. */
  ownSites(): Promise<string[]>
  /** What an administrator should know of how the target was read. */
  notes(): Message[]
  readRoom(siteUrl: string, email: string): Promise<RoomReading>
  /** The e-mail that somebody has now; null for nobody of that person ID; undefined where the target does not say. */
  emailOf(personId: string): Promise<string | null | undefined>
  refresh(siteUrl: string, items: RefreshItem[], idempotencyKey: string): Promise<RefreshAnswer>
  /**
   * The meetings in the room of a host, occurrence by occurrence; `unread` says why this host's could not be read.
   * @throws TargetError where no host's can be
   */
  hostMeetings(window: MeetingWindow): Promise<{ meetings: HostMeeting[] } | { unread: MessageOrText }>
  /** Whether hosts may change their own links. */
  readSelfService(siteUrl: string): Promise<boolean>
  writeSelfService(siteUrl: string, allowed: boolean): Promise<void>
}

/** So many rooms in a row that cannot be read are no fault of theirs. */
const unclearRooms = 5

export function createWebexClient(baseUrl: string, deps: CallDeps): WebexClient {
  const base = normalBaseUrl(baseUrl)
  const reads = createReads(new URL(base).host, deps)
  const notes: Message[] = []
  /** Whose rooms could not be read since one could. */
  const unclear = new Set<string>()
  /** Whose meetings could not be read since somebody's could. */
  const without = new Set<string>()

  return {
    async whenOpen() {
      try {
        await deps.permits?.whenOpen({ method: 'POST' })
      } catch (error) {
        if (!(error instanceof Unsent)) throw error
        if (error.until !== undefined) throw putOff(error.reason, error.until)
      }
    },

    async *people() {
      for await (const { people } of peoplePages(null)) yield people
    },

    peoplePages,

    notes: () => notes,

    async ownSites() {
      const request: Call = { method: 'GET', url: `${base}/meetingPreferences/sites` }
      const answer = await reads.read(message('subjectSites'), request, ({ json }) => answers.sites.Check(json))
      return answers.sites.Check(answer.json) ? answer.json.sites.map(({ siteUrl }) => siteUrl.toLowerCase()) : []
    },

    async readRoom(siteUrl, email) {
      const query = new URLSearchParams({ userEmail: email, siteUrl })
      const request: Call = { method: 'GET', url: `${base}/meetingPreferences/personalMeetingRoom?${query}` }
      const outcome = await reads.attempt(request, ({ status, json }) => status === 200 && roomIdOf(json) !== undefined)
      if (outcome.kind === 'answer') {
        unclear.clear()
        const { status, json } = outcome.answer
        if (status === 200) return { roomId: roomIdOf(json)! }
        if (status === 400 || status === 404) return { missing: readRefusal(json).reason }
        throw denied(message('actionReadRoom', { email }), outcome.answer)
      }
      unclear.add(email)
      const isOfAll = (outcome.kind === 'failed' && !outcome.reached) || unclear.size >= unclearRooms
      if (isOfAll) throw reads.failure(message('subjectRoom', { email }), outcome)
      return { unclear: outcome.kind === 'odd' ? describeOddAnswer(outcome.answer) : outcome.why }
    },

    async hostMeetings(window) {
      const found = await readHostMeetings(base, reads, window)
      if ('meetings' in found) {
        without.clear()
        return found
      }
      without.add(window.email)
      const action = message('actionListMeetings', { email: window.email })
      if ('unclear' in found) {
        if (found.reached && without.size < unclearRooms) return { unread: found.unclear }
        throw reads.failure(action, { kind: 'failed', why: found.unclear, reached: found.reached })
      }
      const { denied: answer } = found
      if (answer.status === 401 || without.size >= unclearRooms) throw denied(action, answer)
      return { unread: readRefusal(answer.json).reason }
    },

    async emailOf(personId) {
      const request: Call = { method: 'GET', url: `${base}/people?${new URLSearchParams({ id: personId })}` }
      const outcome = await reads.attempt(request, ({ json }) => answers.people.Check(json))
      if (outcome.kind === 'failed') throw reads.failure(message('subjectPeople'), outcome)
      const { status, json } = outcome.answer
      if (status !== 200 || !answers.people.Check(json)) return undefined
      const people = json.items.map(readPerson)
      const person = people.find(one => personKey(one.personId) === personKey(personId))
      if (person === undefined) return people.length > 0 ? undefined : null
      return person.fault === undefined || person.email !== '' ? person.email : undefined
    },

    async refresh(siteUrl, items, idempotencyKey) {
      const byPersonId = items.every(({ personId }) => personId)
      const personalMeetingRoomIds = items.map(({ email, personId, roomId }) => ({
        ...(byPersonId ? { personId } : { email }),
        ...(roomId === null ? { systemGenerated: true } : { personalMeetingRoomId: roomId }),
      }))
      const url = `${base}/admin/meetingPreferences/personalMeetingRoom/refreshId`
      const body = { siteUrl, personalMeetingRoomIds }
      return readRefreshAnswer(await call(deps, { method: 'POST', url, body, idempotencyKey }))
    },

    async readSelfService(siteUrl) {
      const request: Call = { method: 'GET', url: commonSettings(siteUrl) }
      const answer = await reads.read(message('subjectSettings'), request, ({ json }) =>
        answers.commonSettings.Check(json),
      )
      if (!answers.commonSettings.Check(answer.json)) throw denied(message('actionReadSettings'), answer)
      return answer.json.siteOptions.allowCustomPersonalRoomURL
    },

    async writeSelfService(siteUrl, allowed) {
      // Setting the same value twice is setting it once, so this may be repeated like a read.
      const body = { siteOptions: { allowCustomPersonalRoomURL: allowed } }
      const request: Call = { method: 'PATCH', url: commonSettings(siteUrl), body }
      const isDone = ({ status }: { status: number }) => status === 200 || status === 204
      const answer = await reads.read(message('subjectSettings'), request, isDone)
      if (!isDone(answer)) throw denied(message('actionChangeSettings'), answer)
    },
  }

  function peoplePages(from: string | null): AsyncGenerator<PeoplePage> {
    return listPeople(base, readPage, note => notes.push(note), from)
  }

  async function readPage(url: string) {
    const answer = await reads.read(message('subjectPeople'), { method: 'GET', url }, ({ status, json }) => {
      return status === 200 && answers.people.Check(json)
    })
    if (!answers.people.Check(answer.json)) throw denied(message('actionListPeople'), answer)
    return { items: answer.json.items, link: answer.headers.get('link'), trackingId: answer.trackingId }
  }

  function commonSettings(siteUrl: string): string {
    return `${base}/admin/meeting/config/commonSettings?${new URLSearchParams({ siteUrl })}`
  }
}

/** The ID in the link of a room: `https://example.webex.com/meet/jdoe` -> `jdoe`. */
function roomIdOf(json: unknown): string | undefined {
  return answers.room.Check(json) ? readRoomLink(json.personalMeetingRoomLink.trim())?.roomId : undefined
}
