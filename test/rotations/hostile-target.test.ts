/** One person, one move, nothing repeated without bound, and a way back: judged by the target's own account. */
import { hostname } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { processSpace } from '#roomkey/files/process-space.js'
import { message } from '#roomkey/messages/message.js'
import { hostEmailTemplates } from '#roomkey/rotations/afterwards/host-email-templates.js'
import { type HostEmail, sendHostEmails } from '#roomkey/rotations/afterwards/host-emails.js'
import { planUndo } from '#roomkey/rotations/afterwards/undo.js'
import { verifyRooms } from '#roomkey/rotations/afterwards/verify.js'
import { currentState } from '#roomkey/rotations/lifecycle.js'
import { ActiveRotations } from '#roomkey/rotations/running/active-rotations.js'
import { pauseRotation } from '#roomkey/rotations/use-cases/pause.js'
import { getRotation } from '#roomkey/store/rotations/rotations.js'
import type { FaultName } from '../../devtools/target-double/faults.ts'
import { makePeople } from '../../devtools/target-double/people.ts'
import { hostileBench } from './hostile-bench.ts'
import { type Bench, itemsOf, run } from './rotation-fixture.ts'

const hostile = hostileBench()
const { planned, rotate, undo, readingDeps } = hostile
let bench: Bench
beforeAll(async () => {
  bench = await hostile.open()
})
afterAll(() => bench.close())

describe('one person, one move', () => {
  it('plans whoever is in the list again once, and says so', async () => {
    const { items, people, times, end } = await rotate(40, ['listDuplicates'])
    expect(end).toMatchObject({ end: 'finished', refused: 0 })
    for (const { personId } of people) {
      const rows = items.filter(item => item.person_id === personId)
      expect(rows.filter(({ kind }) => kind === 'move')).toHaveLength(1)
      for (const { kind, reason } of rows) {
        if (kind === 'left') expect(reason).toBe(JSON.stringify(message('leftListedAgain')))
      }
      expect(times(personId)).toBe(1)
    }
    expect(items.length).toBeGreaterThan(people.length)
  })

  it('leaves a newcomer alone who was given the e-mail of somebody in the plan', async () => {
    for (const source of ['random', 'system'] as const) {
      const { target, people, items, times } = await rotate(30, ['emailReused', 'resetAfter'], source)
      const newcomer = target.world.people.find(({ personId }) => people.every(person => person.personId !== personId))!
      expect(times(newcomer.personId)).toBe(0)
      for (const { personId } of people) expect(times(personId)).toBe(1)
      for (const item of items) {
        expect(item).toMatchObject({ state: 'done', settled_id: target.world.rooms.current(item.person_id) })
      }
    }
  })
})

describe('nothing is repeated without bound', () => {
  it('finds the one room that the target always fails on, and serves all others', async () => {
    const { end, items, times } = await rotate(250, ['poison'])
    expect(end).toEqual({ end: 'finished', refused: 1 })
    const [victim] = items.filter(({ state }) => state !== 'done')
    expect(victim).toMatchObject({ state: 'refused', tries: 3, reason: expect.stringContaining('refusedNotChanged') })
    expect(times(victim!.person_id)).toBe(0)
  }, 60_000)

  it.each(['partialSkipped', 'otherIdAlways'] as const)('gives one room up after three tries: %s', async fault => {
    const { end, items, times } = await rotate(60, [fault])
    expect(end).toEqual({ end: 'finished', refused: 1 })
    const [victim] = items.filter(({ state }) => state === 'refused')
    expect(victim?.tries).toBe(3)
    expect(times(victim!.person_id)).toBe(fault === 'partialSkipped' ? 0 : 3)
    for (const item of items) if (item !== victim) expect([item.state, times(item.person_id)]).toEqual(['done', 1])
  })
})

describe('the way back', () => {
  it.each([
    ['readings are half an hour late', ['staleSteady'] as FaultName[], 'random'],
    ["the site's rule gives the IDs, and readings are late", ['staleSteady'] as FaultName[], 'system'],
    [
      'a refused batch changes half of its rooms, and readings are late',
      ['halfShuffled', 'staleSteady'] as FaultName[],
      'random',
    ],
    [
      "besides, a room's own ID counts as used by somebody else",
      ['halfShuffled', 'staleSteady', 'ownIdRefused'] as FaultName[],
      'random',
    ],
  ] as const)('brings everybody back at once, also when %s', async (_, names, source) => {
    const { target, people, summary, wired } = await rotate(30, [...names], source)
    expect(target.account.changes.length).toBeGreaterThan(20)
    await undo(summary.key, wired)
    for (const { personId, firstId } of people) expect(target.world.rooms.current(personId)).toBe(firstId)
  })

  it('brings back rooms that a run changed before it was stopped or died, without resuming it', async () => {
    const { target, people, summary, wired } = await planned(30, ['halfShuffled', 'staleSteady'])
    const dies = run(bench, wired, summary.key, {
      at: boundary => {
        if (boundary === 'answered') throw new Error('It died.')
      },
    })
    await expect(dies).rejects.toThrow('It died.')
    const changed = target.account.changes.length
    expect(changed).toBeGreaterThan(0)
    const verified = await bench.clock.run(verifyRooms(summary.key, readingDeps(wired)))
    expect(verified).toMatchObject({ wrongs: 0, open: 30, tellableAt: expect.stringContaining('Z') })
    expect(verified.notYetVisible).toBeGreaterThanOrEqual(changed)
    await undo(summary.key, wired, [{ rotation: summary.key.rotation, owner: 'test:1' }])
    for (const { personId, firstId } of people) expect(target.world.rooms.current(personId)).toBe(firstId)
    expect(currentState(await getRotation(bench.store.db, summary.key), new ActiveRotations())).toBe('stopped')
  })

  it.each([
    { names: ['halfShuffled', 'staleSteady'] as FaultName[] },
    { names: ['halfShuffled', 'staleSteady', 'ownIdRefused'] as FaultName[] },
  ])(
    'knows the rooms that refused batches changed before too many refusals stopped the run: $names',
    async ({ names }) => {
      const { target, people, summary, wired } = await planned(60, names)
      const end = await run(bench, wired, summary.key, { gate: { maxShare: 0, after: 1 }, workers: 1 })
      expect(end).toMatchObject({ end: 'stopped', kind: 'refusals' })
      const changed = new Set(target.account.changes.map(({ personId }) => personId))
      const items = await itemsOf(bench.store, summary.key)
      const pending = items.filter(({ state, person_id }) => state === 'pending' && changed.has(person_id))
      expect(pending.length).toBeGreaterThan(0)
      const verified = await bench.clock.run(verifyRooms(summary.key, readingDeps(wired)))
      expect(verified.open).toBeGreaterThan(0)
      expect(verified.notYetVisible).toBeGreaterThanOrEqual(pending.length)
      await undo(summary.key, wired)
      for (const { personId, firstId } of people) expect(target.world.rooms.current(personId)).toBe(firstId)
    },
  )

  it('takes no late reading for the ID that it has given back', async () => {
    const { target, people, summary, wired } = await planned(30, ['oldIdTaken', 'staleSteady'])
    await run(bench, wired, summary.key)
    const back = await undo(summary.key, wired)
    const taken = people.find(({ personId, firstId }) => target.world.rooms.holderOf(firstId) !== personId)!
    const items = await itemsOf(bench.store, back)
    for (const { person_id, state, settled_id } of items) {
      if (person_id === taken.personId) expect(state).toBe('refused')
      else expect([state, target.world.rooms.current(person_id)]).toEqual(['done', settled_id])
    }
  })

  it('waits for rooms that are refused again until readings can be late no more, and says until when', async () => {
    const { summary, wired } = await rotate(30, ['offendersUnnamed'])
    const { clock } = bench
    const ranAt = clock.now()
    await clock.run(clock.sleep(20 * 60_000))
    const back = await clock.run(planUndo(summary.key, readingDeps(wired)))
    const waits = new Set<number | null>()
    const end = await run(bench, wired, back.key, {
      onProgress: ({ doing }) => void waits.add(doing().readAgainAt),
    })
    expect(end).toMatchObject({ end: 'finished', refused: 0 })
    // A change may take 31 minutes to show, and a call whose answer is lost a minute to act.
    const minutes = (clock.now() - ranAt) / 60_000
    expect(minutes).toBeGreaterThan(31)
    expect(minutes).toBeLessThan(32.5)
    expect([...waits].some(until => until !== null && Math.abs(until - clock.now()) < 5_000)).toBe(true)
  })

  it('leads back from an ID that nobody asked for', async () => {
    const { target, people, summary, wired } = await planned(30, ['otherIdOnce'])
    const [first] = people
    const dies = run(bench, wired, summary.key, {
      at: boundary => {
        if (boundary === 'settled') throw new Error('It died.')
      },
    })
    await expect(dies).rejects.toThrow('It died.')
    expect(target.world.rooms.current(first!.personId)).toMatch(/^other-/)
    const [item] = await itemsOf(bench.store, summary.key)
    expect(item).toMatchObject({ state: 'unsure', settled_id: target.world.rooms.current(first!.personId) })
    await undo(summary.key, wired, [{ rotation: summary.key.rotation, owner: 'test:1' }])
    for (const { personId, firstId } of people) expect(target.world.rooms.current(personId)).toBe(firstId)
  })

  it('switches self-service back on that a dead process left switched off', async () => {
    const { target, summary, wired } = await planned(30, [], 'random', { freeze: true })
    const dies = run(bench, wired, summary.key, {
      at: boundary => {
        if (boundary === 'answered') throw new Error('It died.')
      },
    })
    await expect(dies).rejects.toThrow('It died.')
    expect(target.selfService).toBe(false)
    await undo(summary.key, wired, [{ rotation: summary.key.rotation, owner: 'test:1' }])
    expect(target.selfService).toBe(true)
    expect(await getRotation(bench.store.db, summary.key)).toMatchObject({ frozen_from: null })
  })

  it('leads back from temporary IDs, too', async () => {
    const swapped = makePeople(20).map(({ email }, index) => [email, `person${index ^ 1}`] as const)
    const choice = {
      who: 'listed' as const,
      file: 'ids.csv',
      people: new Map<string, string>(swapped),
      lines: new Map(),
    }
    const { target, people, summary, wired } = await planned(20, ['swapsRefused'], 'csv', { choice })
    expect(summary).toMatchObject({ temporaries: 10, warnings: [message('noteTemporaries', { count: 10 })] })
    // In a batch of thirty: twice as a whole, in four halves and three times alone, for each of the two changes.
    expect(summary.maxChanges).toBe(18)
    const halt = new AbortController()
    const end = await run(bench, wired, summary.key, {
      workers: 1,
      signal: halt.signal,
      at: boundary => {
        if (boundary === 'settled') halt.abort()
      },
    })
    expect(end).toMatchObject({ end: 'stopped' })
    expect(target.account.changes.length).toBeGreaterThan(0)
    await undo(summary.key, wired)
    for (const { personId, firstId } of people) expect(target.world.rooms.current(personId)).toBe(firstId)
  })
})

describe('the canary', () => {
  it('stops the run when a pilot was not changed, before anybody else is', async () => {
    const { target, people, summary, wired } = await planned(40, ['silentPilot'], 'random', { canary: 5 })
    const end = await run(bench, wired, summary.key)
    const reason = message('stoppedCanaryUnseen', { unseen: 1, count: 5, email: people[0]!.email })
    expect(end).toEqual({ end: 'stopped', kind: 'canary', reason })
    expect(target.account.changes).toHaveLength(4)
    expect(target.account.calls.length).toBeLessThanOrEqual(summary.maxCalls)
    expect(await run(bench, wired, summary.key)).toEqual({ end: 'stopped', kind: 'canary', reason })
    expect(target.account.changes).toHaveLength(4)
  })

  it.each(['partialSkippedPilot', 'otherIdPilot'] as const)(
    'sends nobody else while a pilot is tried, and goes on when somebody has looked: %s',
    async fault => {
      const { target, people, summary, wired } = await planned(40, [fault], 'random', { canary: 5 })
      const end = await run(bench, wired, summary.key)
      const { email, personId } = people[0]!
      expect(end).toMatchObject({ kind: 'canary', reason: { code: 'stoppedCanaryNotChanged', params: { email } } })
      const others = () => new Set(target.account.changes.map(change => change.personId).filter(id => id !== personId))
      expect(others().size).toBe(4)
      expect(await run(bench, wired, summary.key)).toEqual({ end: 'finished', refused: 1 })
      expect(others().size).toBe(39)
    },
  )

  it('stops once for a pilot that none can read, and goes on when somebody has looked', async () => {
    const { target, summary, wired } = await planned(40, ['htmlOneRoom'], 'random', { canary: 39 })
    expect(await run(bench, wired, summary.key)).toMatchObject({
      end: 'stopped',
      kind: 'canary',
      reason: { code: 'stoppedCanaryUnread', params: { reason: expect.objectContaining({ code: expect.anything() }) } },
    })
    expect(target.account.changes).toHaveLength(39)
    expect(await run(bench, wired, summary.key)).toEqual({ end: 'finished', refused: 0 })
    expect(target.account.changes).toHaveLength(40)
  })

  it('waits where readings are late', async () => {
    const { target, summary, wired } = await planned(40, ['staleSteady'], 'random', { canary: 5 })
    expect(await run(bench, wired, summary.key)).toEqual({ end: 'finished', refused: 0 })
    expect(target.account.changes).toHaveLength(40)
    const [first, second] = target.account.calls.filter(({ kind }) => kind === 'refresh').map(({ at }) => at)
    expect(second! - first!).toBeGreaterThan(28 * 60_000)
  })
})

describe('e-mails to hosts', () => {
  it('go to each host once, also to one who is in the list twice', async () => {
    const { target, people, summary, wired } = await rotate(30, ['listDuplicates'])
    await bench.clock.run(verifyRooms(summary.key, readingDeps(wired)))
    const emails: HostEmail[] = []
    await sendHostEmails(bench.store, summary.key, [hostEmailTemplates.en], async email => void emails.push(email))
    expect(emails.map(({ to }) => to).sort()).toEqual(people.map(({ email }) => email).sort())
    for (const { to, text } of emails) {
      const { personId } = people.find(({ email }) => email === to)!
      expect(text).toContain(`/meet/${target.world.rooms.current(personId)}`)
    }
  })

  it('go only where the new link has been read back, at the address that was planned', async () => {
    const { target, summary, wired } = await rotate(30, ['silentOne', 'emailChanged'])
    const emails: HostEmail[] = []
    const send = () =>
      sendHostEmails(bench.store, summary.key, [hostEmailTemplates.en], async email => void emails.push(email))
    expect(await send()).toMatchObject({ sent: 0, withheld: { notReadBack: 30 } })
    await bench.clock.run(verifyRooms(summary.key, readingDeps(wired)))
    expect(await send()).toMatchObject({ sent: 28, withheld: { notReadBack: 1, otherAddress: 1 } })
    for (const { to, text } of emails) {
      const { personId } = target.world.people.find(({ email }) => email === to)!
      expect(text).toContain(`/meet/${target.world.rooms.current(personId)}`)
    }
  })
})

describe('stopping', () => {
  it('ends all workers when one of them breaks off', async () => {
    const { summary, wired } = await planned(250, [], 'random', { latencyMs: 5000 })
    let begun = 0
    const broken = run(bench, wired, summary.key, {
      at: boundary => {
        if (boundary === 'intended') begun += 1
        if (begun === 2) throw new Error('It broke off.')
      },
    })
    await expect(broken).rejects.toThrow('It broke off.')
  })

  const elsewhere = () => ({
    actor: { tokenId: 'command-line:test', trackingId: 'test', sites: null },
    store: bench.store,
    active: new ActiveRotations(),
    routeTo: () => ({ refused: 'noConnection' as const }),
  })

  it('reaches the process that runs it', async () => {
    const { target, summary, wired } = await planned(250, [], 'random', { latencyMs: 30_000 })
    const { key } = summary
    const end = await run(bench, wired, key, {
      workers: 1,
      at: async boundary => {
        if (boundary !== 'intended') return
        expect(await bench.store.write('askToStop', { ...key, now: bench.clock.now(), dead: false })).toBe(true)
      },
    })
    expect(end).toMatchObject({ end: 'stopped', kind: 'asked' })
    expect(target.account.calls.filter(({ kind }) => kind === 'refresh')).toHaveLength(1)
  })

  it('marks what a dead process left as stopped', async () => {
    const { summary, wired } = await planned(20, [])
    const dies = run(bench, wired, summary.key, {
      workers: 1,
      owner: `${hostname()}:999999999:${processSpace}:1`,
      at: boundary => {
        if (boundary === 'intended') throw new Error('It died.')
      },
    })
    await expect(dies).rejects.toThrow('It died.')
    const rotation = await getRotation(bench.store.db, summary.key)
    expect(rotation.state).toBe('running')
    expect(await pauseRotation(elsewhere(), rotation)).toBeNull()
    expect(await getRotation(bench.store.db, summary.key)).toMatchObject({ state: 'stopped', owner: null })
  })
})
