/**
 * Asks a target what Webex's documentation leaves open, with three test rooms that are put back in the end, be it that
 * the probe is stopped, fails, or is killed: then by `restoreEarlier`.
 */
import { exitCodes, UserError } from '../errors.ts'
import type { Journal, JournalFile } from './journal.ts'
import { isPlain, isProbeId } from './probe-ids.ts'
import { lastTrial, type Trial, type TrialOf, trials, Untold, wayBack } from './questions.ts'
import { restoreRooms } from './restore.ts'
import { type ProbeDeps, ProbeTarget, Stopped, type TestRoom } from './target.ts'
import { type Evidence, type Question, questions, type TargetAnswers, type TargetProfile } from './target-profile.ts'

export interface Probed {
  /** Undefined where it was stopped before its end. */
  profile: TargetProfile | undefined
  /** The rooms that could not be put back; the journal stays for them. */
  left: TestRoom[]
}

type Rooms = readonly [TestRoom, TestRoom, TestRoom]

/**
 * The three rooms as they are before the probe.
 *
 * @param earlier what a probe that did not end had to put back: readings may still show its IDs.
 * @throws UserError where they are not three hosts of the site; TargetError
 */
export async function findRooms(deps: ProbeDeps, emails: readonly string[], earlier?: Journal): Promise<Rooms> {
  if (new Set(emails.map(email => email.toLowerCase())).size !== 3) {
    throw new UserError('Give three different people with --people, such as a@example.com,b@example.com,c@example.com.')
  }
  const target = new ProbeTarget(deps)
  const rooms: TestRoom[] = []
  for (const [index, email] of emails.entries()) {
    const name = (['A', 'B', 'C'] as const)[index]!
    const person = await target.readPersonOf({ name, email })
    if (person === undefined || person.personId === '') {
      throw new UserError(`The target lists nobody with the address ${email}; give another test person.`)
    }
    const known = earlier?.rooms.find(({ personId }) => personId === person.personId)
    const originalId = known?.originalId ?? (await target.readRoom({ name, email }))
    if (originalId === undefined) {
      throw new UserError(`${email} has no personal meeting room on ${deps.siteUrl}; give another test person.`)
    }
    if (!isPlain(originalId)) {
      throw new UserError(
        `The ID of ${email}, ${originalId}, is one that a target might not give again; give a test person whose ID has only letters, digits, "." and "-".`,
      )
    }
    if (isProbeId(originalId)) {
      throw new UserError(
        `The room of ${email} is shown with an ID of an earlier probe; readings may be half an hour late, so try again then.`,
        exitCodes.stopped,
      )
    }
    rooms.push({ name, email, personId: person.personId, originalId })
  }
  return rooms as unknown as Rooms
}

export async function probe(deps: ProbeDeps, rooms: Rooms, journal: JournalFile): Promise<Probed> {
  const target = new ProbeTarget(deps)
  const trial: Trial = { target, rooms }
  for (const { name, email, personId, originalId } of rooms) {
    target.masks.addPerson(name, email, personId)
    target.masks.addPerson(`own-ID-of-${name}`, originalId)
  }
  const found = new Findings(target)
  journal.write({
    target: deps.baseUrl,
    siteUrl: deps.siteUrl,
    began: new Date(deps.clock.now()).toISOString(),
    rooms: [...rooms],
  })
  let left: TestRoom[] = []
  try {
    try {
      await found.ask(wayBack, trial)
      if (found.answers.lastHolder === 'returns') for (const each of trials) await found.ask(each, trial)
    } finally {
      left = await putBack(deps, rooms, journal)
    }
    await found.ask(lastTrial, trial)
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
    return { profile: undefined, left }
  }
  return { profile: found.profile(deps), left }
}

/** Makes good a probe that was killed. Gives the rooms that could not be put back. */
export async function restoreEarlier(deps: ProbeDeps, earlier: Journal, journal: JournalFile): Promise<TestRoom[]> {
  return putBack(deps, earlier.rooms, journal)
}

/** Nobody stops that: whoever asks for the end of a probe waits for a few calls. */
async function putBack(deps: ProbeDeps, rooms: readonly TestRoom[], journal: JournalFile): Promise<TestRoom[]> {
  deps.tell('putting the rooms back')
  const { signal: _, ...unstoppable } = deps
  const left = await restoreRooms(new ProbeTarget(unstoppable), rooms)
  if (left.length === 0) journal.remove()
  return left
}

class Findings {
  readonly answers: TargetAnswers = Object.fromEntries(questions.map(name => [name, 'unknown']))
  readonly #evidence: Partial<Record<Question, Evidence[]>> = {}
  readonly #target: ProbeTarget

  constructor(target: ProbeTarget) {
    this.#target = target
  }

  async ask({ about, ask }: TrialOf, trial: Trial): Promise<void> {
    this.#target.tell(`asking: ${about.join(', ')}`)
    try {
      Object.assign(this.answers, await ask(trial))
    } catch (error) {
      if (!(error instanceof Untold)) throw error
    }
    const evidence = this.#target.takeEvidence().slice(-maxEvidence)
    for (const question of about) this.#evidence[question] = evidence
  }

  profile({ baseUrl, clock }: ProbeDeps): TargetProfile {
    return {
      target: baseUrl,
      probedAt: new Date(clock.now()).toISOString(),
      answers: this.answers,
      evidence: this.#evidence as Record<string, Evidence[]>,
    }
  }
}

/** Readings until a change shows, and those of a burst, are many alike: the last ones tell. */
const maxEvidence = 12
