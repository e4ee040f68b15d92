/** Answers that say 200 and are not what was asked for: rooms that stay as they are, or get another ID. */
import type { Fault, Hooks, World } from '../fault.ts'
import type { TargetPerson } from '../people.ts'
import { firstHost, someHosts } from './victims.ts'

function skips(victim: TargetPerson | undefined): Hooks {
  return { skips: ({ person }) => person === victim }
}

/** Leaves these people out of what the answer says. */
function withoutItems(victim: TargetPerson | undefined): Hooks {
  return {
    answers(call, answer) {
      if (call.kind !== 'refresh' || answer.status !== 200) return answer
      const body = answer.body as { personalMeetingRoomIds: { personId: string }[] }
      const personalMeetingRoomIds = body.personalMeetingRoomIds.filter(item => item.personId !== victim?.personId)
      return { ...answer, body: { ...body, personalMeetingRoomIds } }
    },
  }
}

function givesAnother(world: World, victims: (person: TargetPerson, items: TargetPerson[]) => boolean): Hooks['gives'] {
  return ({ person, roomId }, call) =>
    roomId !== null && victims(person, call.about) ? `other-${world.freshId()}` : undefined
}

function givesAnotherAlways(world: World, victim: TargetPerson | undefined): Hooks {
  return {
    gives: givesAnother(world, person => person === victim) ?? (() => undefined),
    blocks: person => person === victim,
  }
}

export const untrueAnswers = {
  silentOne: {
    about: 'one room is answered as changed and stays as it is',
    begin: world => skips(someHosts(world, 1)[0]),
  },
  silentPilot: {
    about: 'the first pilot is answered as changed and stays as it is',
    begin: world => skips(firstHost(world)),
  },
  partialApplied: {
    about: 'the answer lacks somebody whose room was changed',
    begin: world => withoutItems(someHosts(world, 1)[0]),
  },
  partialSkipped: {
    about: 'the answer lacks somebody whose room stays as it is',
    begin(world) {
      const [victim] = someHosts(world, 1)
      return { ...skips(victim), ...withoutItems(victim) }
    },
  },
  partialSkippedPilot: {
    about: 'the answer lacks the first pilot, whose room stays as it is',
    begin: world => ({ ...skips(firstHost(world)), ...withoutItems(firstHost(world)) }),
  },
  otherIdOnce: {
    about: 'one room of each batch gets another ID than was asked for, and the answer says so',
    begin: world => ({
      gives: givesAnother(world, (person, items) => items.length > 1 && person === items[0]) ?? (() => undefined),
    }),
  },
  otherIdPilot: {
    about: 'the first pilot never gets the ID that was asked for but another one, and the answer says so',
    begin: world => givesAnotherAlways(world, firstHost(world)),
  },
  otherIdAlways: {
    about: 'one person never gets the ID that was asked for but another one each time, and the answer says so',
    begin: world => givesAnotherAlways(world, someHosts(world, 1)[0]),
  },
} satisfies Record<string, Fault>
