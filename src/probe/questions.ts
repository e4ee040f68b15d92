/**
 * What is asked of the target, and how. No room is ever given the ID that another began with, so each can go back to its
 * own whatever the target's rules are. Except for how old readings are, nothing relies on reading: whether an ID is free
 * is found out by asking for it, which no cache answers.
 */

import { randomId } from './probe-ids.ts'
import { askForWaits, measureStaleness } from './readings.ts'
import type { Asked, ProbeTarget, TestRoom } from './target.ts'
import type { Question, TargetAnswers } from './target-profile.ts'

/** The three rooms, and what they are asked by. */
export interface Trial {
  target: ProbeTarget
  rooms: readonly [TestRoom, TestRoom, TestRoom]
}

/** A question cannot be answered: something happened on the way that the question is not about. */
export class Untold extends Error {}

type Answers = Partial<{ [Name in Question]: TargetAnswers[Name] }>

/** Gives a room an ID that nobody has, whatever it had before. */
async function place({ target }: Trial, room: TestRoom): Promise<string> {
  const id = target.newId()
  if ((await target.give(room, id)) !== 'accepted') throw new Untold('The room could not be given a new ID.')
  return id
}

async function orUntold(asked: Promise<Asked>): Promise<'accepted' | 'refused'> {
  const outcome = await asked
  if (outcome === 'unclear') throw new Untold('The answer was neither yes nor no.')
  return outcome
}

export interface TrialOf {
  about: Question[]
  /** @throws Untold where that cannot be told */
  ask(trial: Trial): Promise<Answers>
}

/** Whether a room gets its ID back: unless it does, nothing else is asked. */
export const wayBack: TrialOf = {
  about: ['lastHolder', 'personIds'],
  async ask({ target, rooms: [room] }) {
    const byPersonId = await target.give(room, target.newId())
    if (byPersonId !== 'accepted') target.addressBy = 'email'
    if (byPersonId !== 'accepted' && (await target.give(room, target.newId())) !== 'accepted') {
      throw new Untold('The room could not be changed.')
    }
    const personIds = byPersonId === 'unclear' ? 'unknown' : byPersonId
    const back = await target.give(room, room.originalId)
    return { personIds, lastHolder: back === 'accepted' ? 'returns' : back === 'refused' ? 'waits' : 'unknown' }
  },
}

export const trials: TrialOf[] = [
  {
    about: ['staleSeconds', 'listedRooms'],
    ask: async trial => measureStaleness(trial.target, trial.rooms[0], () => place(trial, trial.rooms[0])),
  },

  {
    about: ['ownId'],
    ask: async trial => {
      const [room] = trial.rooms
      const id = await place(trial, room)
      return { ownId: await orUntold(trial.target.give(room, id)) }
    },
  },

  {
    about: ['freedIds'],
    ask: async trial => {
      const [one, other] = trial.rooms
      const id = await place(trial, one)
      await place(trial, one)
      const taken = await orUntold(trial.target.give(other, id))
      return { freedIds: taken === 'accepted' ? 'free' : 'reserved' }
    },
  },

  {
    about: ['idCase'],
    ask: async trial => {
      const [one, other] = trial.rooms
      const id = await place(trial, one)
      const taken = await orUntold(trial.target.give(other, id.toUpperCase()))
      return { idCase: taken === 'accepted' ? 'matters' : 'ignored' }
    },
  },

  { about: ['refusedBatch', 'offenders'], ask: refusedBatch },

  {
    about: ['swaps'],
    ask: async trial => {
      const [one, other] = trial.rooms
      const { target } = trial
      const [first, second] = [await place(trial, one), await place(trial, other)]
      const swapped = await orUntold(target.refresh([one, second], [other, first]))
      if (swapped === 'accepted') return { swaps: 'inBatch' }
      await place(trial, one)
      const left = await place(trial, other)
      const chained = await orUntold(target.refresh([other, target.newId()], [one, left]))
      return { swaps: chained === 'accepted' ? 'inOrder' : 'refused' }
    },
  },

  {
    about: ['samePersonTwice'],
    ask: async trial => {
      const [one, other] = trial.rooms
      const { target } = trial
      await place(trial, one)
      const last = target.newId()
      const twice = await orUntold(target.refresh([one, target.newId()], [one, last]))
      if (twice === 'refused') return { samePersonTwice: 'refused' }
      const free = await orUntold(target.give(other, last))
      return { samePersonTwice: free === 'accepted' ? 'firstWins' : 'lastWins' }
    },
  },

  {
    about: ['sameIdTwice'],
    ask: async ({ target, rooms: [one, other] }) => {
      const id = target.newId()
      return { sameIdTwice: await orUntold(target.refresh([one, id], [other, id])) }
    },
  },

  {
    about: ['answerOrder'],
    ask: async ({ target, rooms: [one, other, third] }) => {
      const orders = [
        [third, one, other],
        [other, third, one],
      ]
      for (const order of orders) {
        const rooms = order.map((room): [TestRoom, string] => [room, target.newId()])
        if ((await orUntold(target.refresh(...rooms))) === 'refused') throw new Untold('Three rooms were refused.')
        const isSame = target.answered.every((name, index) => name === order[index]?.name)
        if (!isSame || target.answered.length !== order.length) return { answerOrder: 'other' }
      }
      return { answerOrder: 'asRequested' }
    },
  },

  {
    about: ['longIds'],
    ask: async ({ target, rooms: [room] }) => ({
      longIds: await orUntold(target.give(room, randomId('rk-probe-', 64))),
    }),
  },
  {
    about: ['underscores'],
    ask: async ({ target, rooms: [room] }) => ({
      underscores: await orUntold(target.give(room, randomId('rk_probe_', 24))),
    }),
  },
]

/** The last of all: it changes nothing, so the rooms are back by then. */
export const lastTrial: TrialOf = {
  about: ['retryAfter'],
  ask: ({ target, rooms }) => askForWaits(target, rooms[0]),
}

/** Two batches with an offender, who asks for the third room's ID: once behind, once before one without fault. */
async function refusedBatch(trial: Trial): Promise<Answers> {
  const { target, rooms } = trial
  const [one, other, third] = rooms
  const offending = async (offenderFirst: boolean) => {
    const taken = await place(trial, third)
    await place(trial, one)
    const id = target.newId()
    const items: [TestRoom, string][] = [
      [one, id],
      [other, taken],
    ]
    const asked = await orUntold(target.refresh(...(offenderFirst ? items.reverse() : items)))
    if (asked === 'accepted') throw new Untold('A batch with an ID that another room has was not refused.')
    const { offenders } = target
    // Whoever does not get it meets the one who has.
    return {
      changed: (await orUntold(target.give(third, id))) === 'refused',
      offenders,
      offender: offenderFirst ? 0 : 1,
    }
  }
  const behind = await offending(false)
  const before = await offending(true)
  const isNamed = [behind, before].every(({ offenders, offender }) => String(offenders) === String([offender]))
  const isUnnamed = behind.offenders === null && before.offenders === null
  return {
    refusedBatch: behind.changed
      ? before.changed
        ? 'changesOthers'
        : 'changesThoseBefore'
      : before.changed
        ? 'unknown'
        : 'changesNobody',
    offenders: isNamed ? 'named' : isUnnamed ? 'unnamed' : 'unknown',
  }
}
