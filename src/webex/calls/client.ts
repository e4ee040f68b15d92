/**
 * The Webex calls that a rotation needs, to Webex or to a Roomkey service alike. Reads are repeated until they succeed
 * or clearly will not; the refresh itself is sent once, and its outcome is reported exactly, because only the caller
 * can find out what a lost answer meant.
 */
import { type Message, type MessageOrText, message } from '../../messages/message.ts'
import { answers } from './answers.ts'
import { type Call, type CallDeps, type Called, call, normalBaseUrl, Unsent } from './calls.ts'
import { systemClock } from './clock.ts'
import { nextPage } from './headers.ts'
import { type Person, toPerson } from './person.ts'
import { personKey } from './person-key.ts'
import { type RefreshAnswer, readRefreshAnswer, statusOf } from './refresh-answer.ts'
import { readRefusal } from './refusal.ts'
import { TargetError } from './target-error.ts'

export type { Person } from './person.ts'
export type { RefreshAnswer, RefreshedRoom } from './refresh-answer.ts'

export interface RefreshItem {
  /** The person: by person ID where every item of the call has one, else by e-mail, since Webex allows no mixture. */
  personId?: string
  email: string
  /** Null to let the site's rule make one. */
  roomId: string | null
}

/** A room as it is now, or why it cannot be seen. */
export type RoomReading = { roomId: string } | { missing: MessageOrText }

export interface WebexClient {
  /**
   * Resolves when the target has not asked for a longer wait, or nobody waits any more.
   * @throws TargetError where it asks for a longer one than anybody waits for
   */
  whenOpen(): Promise<void>
  /** Everybody in the organisation, page by page. */
  people(): AsyncGenerator<Person[]>
  readRoom(siteUrl: string, email: string): Promise<RoomReading>
  /** The e-mail that somebody has now; null for nobody of that person ID; undefined where the target does not say. */
  emailOf(personId: string): Promise<string | null | undefined>
  refresh(siteUrl: string, items: RefreshItem[], idempotencyKey: string): Promise<RefreshAnswer>
  /** Whether hosts may change their own links. */
  readSelfService(siteUrl: string): Promise<boolean>
  writeSelfService(siteUrl: string, allowed: boolean): Promise<void>
}

const peoplePerPage = 1000
/** A read that fails this often in a row will not succeed soon. */
const tries = 6
/** Waiting longer than this between two attempts helps nobody. */
const maxPauseMs = 30_000
/** However soon a target that answers "later" may be called again. */
const soonestMs = 1_000

export function createWebexClient(baseUrl: string, deps: CallDeps): WebexClient {
  const base = normalBaseUrl(baseUrl)
  const clock = deps.clock ?? systemClock

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
      let url: string | undefined = `${base}/people?max=${peoplePerPage}`
      while (url !== undefined) {
        const page = await read({ method: 'GET', url })
        if (page.status !== 200) throw denied(message('actionListPeople'), page)
        if (!answers.people.Check(page.json)) throw unexpected(message('subjectPeople'), page)
        yield page.json.items.map(toPerson)
        url = nextPage(page.headers, url)
      }
    },

    async readRoom(siteUrl, email) {
      const query = new URLSearchParams({ userEmail: email, siteUrl })
      const answer = await read({ method: 'GET', url: `${base}/meetingPreferences/personalMeetingRoom?${query}` })
      if (answer.status === 400 || answer.status === 404) return { missing: readRefusal(answer.json).reason }
      if (answer.status !== 200) throw denied(message('actionReadRoom', { email }), answer)
      if (!answers.room.Check(answer.json)) throw unexpected(message('subjectRoom', { email }), answer)
      const roomId = roomIdOfLink(answer.json.personalMeetingRoomLink)
      if (roomId === undefined) throw unexpected(message('subjectRoomLink', { email }), answer)
      return { roomId }
    },

    async emailOf(personId) {
      const answer = await read({ method: 'GET', url: `${base}/people?${new URLSearchParams({ id: personId })}` })
      if (answer.status !== 200 || !answers.people.Check(answer.json)) return undefined
      const { items } = answer.json
      const person = items.find(({ id }) => personKey(id) === personKey(personId))
      return person === undefined && items.length > 0 ? undefined : (person?.emails[0] ?? null)
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
      const answer = await read({ method: 'GET', url: commonSettings(siteUrl) })
      if (answer.status !== 200) throw denied(message('actionReadSettings'), answer)
      if (!answers.commonSettings.Check(answer.json)) throw unexpected(message('subjectSettings'), answer)
      return answer.json.siteOptions.allowCustomPersonalRoomURL
    },

    async writeSelfService(siteUrl, allowed) {
      // Setting the same value twice is setting it once, so this may be repeated like a read.
      const body = { siteOptions: { allowCustomPersonalRoomURL: allowed } }
      const answer = await read({ method: 'PATCH', url: commonSettings(siteUrl), body })
      if (answer.status !== 200 && answer.status !== 204) throw denied(message('actionChangeSettings'), answer)
    },
  }

  function commonSettings(siteUrl: string): string {
    return `${base}/admin/meeting/config/commonSettings?${new URLSearchParams({ siteUrl })}`
  }

  /**
   * Repeats a call that changes nothing (or nothing twice) until it is answered: right after Retry-After, else with
   * growing pauses.
   */
  async function read(request: Call): Promise<Extract<Called, { kind: 'response' }>> {
    let last: MessageOrText = ''
    for (let attempt = 1; attempt <= tries; ) {
      const answer = await call(deps, request)
      if (answer.kind === 'response' && (answer.status === 429 || answer.status === 423)) {
        // Who gives permits waits for Retry-After before the next one.
        await clock.sleep(deps.permits === undefined ? (answer.asked?.waitMs ?? soonestMs) : soonestMs)
        continue
      }
      if (answer.kind === 'response' && answer.status < 500) return answer
      if (answer.kind === 'unsent' && answer.until !== undefined) throw putOff(answer.why, answer.until)
      last = answer.kind === 'response' ? statusOf(answer) : answer.why
      if (attempt < tries) await clock.sleep(pauseMs(attempt))
      attempt += 1
    }
    throw new TargetError('down', message('targetDown', { host: new URL(base).host, reason: last }))
  }
}

/** Half a second, doubling, plus up to as much again at random, so that many clients do not come back together. */
function pauseMs(attempt: number): number {
  return Math.min(maxPauseMs, 500 * 2 ** (attempt - 1)) * (1 + Math.random() / 2)
}

function putOff(reason: MessageOrText, until: number): TargetError {
  return new TargetError('later', reason, { until })
}

function denied(
  action: Message,
  { status, json, trackingId }: { status: number; json: unknown; trackingId: string | null },
): TargetError {
  const { reason } = readRefusal(json)
  const advice = message(status === 401 ? 'adviceSignIn' : 'adviceScopes')
  const words = message('targetDenied', { action, status: String(status), reason, advice })
  return new TargetError('denied', words, { status, trackingId })
}

function unexpected(subject: Message, { trackingId }: { trackingId: string | null }): TargetError {
  return new TargetError('unexpected', message('targetUnexpected', { subject }), { trackingId })
}

/** `https://example.webex.com/meet/jdoe` -> `jdoe`. */
function roomIdOfLink(link: string): string | undefined {
  const found = /\/meet\/([^/?#]+)\/?(?:[?#]|$)/.exec(link)?.[1]
  try {
    return found === undefined ? undefined : decodeURIComponent(found)
  } catch {
    return undefined
  }
}
