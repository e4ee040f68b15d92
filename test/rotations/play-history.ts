/**
 * One random history: a rotation, hosts who choose other IDs for their own rooms before, during and after it, refusals,
 * lost answers, a process that dies and is resumed, and an undo. The target knows what each room had just before the
 * rotation gave it another ID, and how often a room was changed; by that the end is judged.
 *
 * A host never changes a room between the look at it and the end of its batch: nobody could see that. (`window` rooms.)
 */

import { checkRotation } from '#roomkey/rotations/afterwards/check.js'
import { planUndo } from '#roomkey/rotations/afterwards/undo.js'
import { profiles } from '#roomkey/rotations/target/profile.js'
import type { RotationKey } from '#roomkey/store/rotations/journal.js'
import { secureRandomText } from '#roomkey/store/secure-random.js'
import type { Chance } from '../../devtools/chance.ts'
import { type Bench, itemsOf, people, plan, run, wire } from './rotation-fixture.ts'
import type { Fault } from './target-double.ts'

const minute = 60_000
const faults: Fault[] = ['dropAfterCommit', 'dropBefore', '500', '503AfterCommit']
const boundaries = ['taken', 'looked', 'intended', 'answered', 'settled', 'read', 'judged'] as const

export interface HistoryEnd {
  /** What is not as promised; none where all is well. */
  wrong: string[]
  changedByHosts: number
  held: number
  undone: number
  killed: number
}

export async function playHistory(bench: Bench, chance: Chance): Promise<HistoryEnd> {
  const { store, clock } = bench
  const rooms = people(chance.between(3, 15))
  const emails = [...rooms.keys()]
  const first = new Map(rooms)
  /** By e-mail: what a room had just before the rotation changed it for the first time. */
  const before = new Map<string, string>()
  const window = new Set<string>()
  const faulty = chance.next() < 0.3
  let isUndoing = false
  let choices = 0
  let killed = 0
  let undoKey: RotationKey | undefined

  const wired = wire(bench, rooms, {
    forbidsSwaps: true,
    namesOffenders: chance.next() < 0.5,
    halfApplies: chance.next() < 0.3,
    bad: new Set(chance.some(emails, chance.next() < 0.3 ? chance.between(0, 3) : 0)),
    fault: () => (faulty && !isUndoing && chance.next() < 0.03 ? chance.oneOf(faults) : undefined),
    onRead: email => void window.add(email),
    onGiven: (email, had) => {
      if (!isUndoing && !before.has(email)) before.set(email, had)
    },
  })
  /** By e-mail: what its host chose last, and whether that was after the rotation. */
  const chosen = new Map<string, { id: string; after: boolean }>()
  const choose = (email: string, after: boolean) => {
    choices += 1
    const id = chance.next() < 0.2 ? first.get(email)! : `choice${choices}-${email.slice(0, email.indexOf('@'))}`
    const isOthers = [...rooms].some(([other, held]) => other !== email && held === id)
    if (isOthers || rooms.get(email) === id) return
    wired.target.choose(email, id)
    chosen.set(email, { id, after })
  }

  const freshMs = chance.oneOf([0, 10 * minute])
  const overwriteChanged = chance.next() < 0.4
  const profile = chance.oneOf([profiles.webex, profiles.roomkey])
  const source = chance.oneOf([{ kind: 'random', prefix: '', bits: 60 }, { kind: 'system' }] as const)
  const canary = chance.oneOf([0, 2])
  const { key } = await plan(bench, wired, { freshMs, overwriteChanged, profile, source, canary })
  await clock.run(clock.sleep(freshMs + chance.between(1, 120) * minute))
  window.clear()
  for (const email of chance.some(emails, chance.between(0, 4))) choose(email, false)

  // A rotation has its own way; what hosts do meanwhile comes between its steps.
  const gate = { maxShare: 1, after: 1 }
  const killAt = chance.next() < 0.4 ? { boundary: chance.oneOf(boundaries), nth: chance.between(1, 4) } : null
  let passed = 0
  const at = async (boundary: string) => {
    if (chance.next() < 0.3) await chooseMeanwhile()
    if (boundary !== killAt?.boundary) return
    passed += 1
    if (passed === killAt.nth) throw new Error('killed')
  }
  let end = await run(bench, wired, key, { at, gate }).catch((error: Error) => {
    if (error.message !== 'killed') throw error
    killed += 1
    return null
  })
  for (let again = 0; again < 6 && (end === null || ('end' in end && end.end === 'stopped')); again += 1) {
    await clock.run(clock.sleep(2 * minute))
    end = await run(bench, wired, key, { at: chooseMeanwhile, gate, owner: `test:${again + 2}` })
  }

  const wrong: string[] = []
  // A pilot whose host changes it before it is read back stops the run, as it should.
  const isAsItShould =
    end !== null && 'end' in end && (end.end === 'finished' || (end.kind === 'canary' && chosen.size > 0))
  if (!isAsItShould) wrong.push(`the run ended with ${JSON.stringify(end)}`)
  wrong.push(...(await checkRotation(store.db, key)))
  const items = await itemsOf(store, key)
  const held = items.filter(({ state }) => state === 'held')
  for (const { email, settled_id } of held) {
    if (before.has(email)) wrong.push(`${email} was held and changed`)
    if (settled_id === first.get(email)) wrong.push(`${email} was held though it had its ID`)
  }
  for (const [email, had] of before) {
    const old = items.find(item => item.email === email && item.kind === 'move')?.old_id
    if (old !== had) wrong.push(`${email} had ${had} just before its batch, and the snapshot says ${old}`)
  }

  await clock.run(clock.sleep(40 * minute))
  for (const email of chance.some(emails, chance.between(0, 3))) choose(email, true)
  const expected = new Map(rooms)
  for (const [email, had] of before) if (chosen.get(email)?.after !== true) expected.set(email, had)
  isUndoing = true
  await undo(key)
  for (const email of emails) {
    const [is, should] = [rooms.get(email), expected.get(email)]
    if (is === should || (await isRefused(email))) continue
    wrong.push(`${email} has ${is} after the undo, and had ${before.get(email) ?? should} just before its batch`)
  }
  return { wrong, changedByHosts: choices, held: held.length, undone: before.size, killed }

  /** Of rooms that wait for their turn, have not been looked at, or are done with. */
  async function chooseMeanwhile(): Promise<void> {
    const states = new Map((await itemsOf(store, key)).map(({ email, state }) => [email, state]))
    const isOpen = (email: string) => ['pending', 'sent', 'unsure'].includes(states.get(email) ?? '')
    const free = emails.filter(email => !(isOpen(email) && window.has(email)) && states.get(email) !== 'sent')
    for (const email of chance.some(free, chance.between(0, 2))) choose(email, before.has(email))
  }

  async function undo(undone: RotationKey): Promise<void> {
    try {
      const deps = { store, client: wired.client, randomText: secureRandomText, now: () => clock.now() }
      undoKey = (await clock.run(planUndo(undone, deps))).key
    } catch (error) {
      wrong.push(`no undo could be planned: ${error}`)
      return
    }
    await run(bench, wired, undoKey, { gate, owner: 'test:undo' })
  }

  /** Whether the target refused to give a room its old ID back, which the undo lists. */
  async function isRefused(email: string): Promise<boolean> {
    if (undoKey === undefined) return false
    return (await itemsOf(store, undoKey)).some(item => item.email === email && item.state === 'refused')
  }
}
