/** What others do at the target between the plan and the end of the run. */
import type { Call, Fault } from '../fault.ts'
import { makePerson } from '../people.ts'
import { someHosts } from './victims.ts'

function isFirstRefresh({ kind, nth }: Call): boolean {
  return kind === 'refresh' && nth === 1
}

export const meanwhile = {
  emailReused: {
    about: "a host's e-mail is given to a newcomer, and the host gets another one",
    begin(world) {
      const [host] = someHosts(world, 1)
      return {
        meanwhile(call) {
          if (!isFirstRefresh(call) || host === undefined) return
          const newcomer = makePerson(7000, { email: host.email, firstId: 'newcomer' })
          host.email = `former.${host.email}`
          world.people.push(newcomer)
          world.rooms.give(newcomer.personId, newcomer.firstId, world.now())
        },
      }
    },
  },
  emailChanged: {
    about: 'a host gets another e-mail',
    begin(world) {
      const [host] = someHosts(world, 1)
      return {
        meanwhile(call) {
          if (isFirstRefresh(call) && host !== undefined) host.email = `married.${host.email}`
        },
      }
    },
  },
  personGone: {
    about: 'a host is deleted',
    begin(world) {
      const [host] = someHosts(world, 1)
      return {
        meanwhile(call) {
          if (!isFirstRefresh(call) || host === undefined) return
          world.people.splice(world.people.indexOf(host), 1)
          world.rooms.remove(host.personId)
        },
      }
    },
  },
  oldIdTaken: {
    about: 'a newcomer takes the ID that a host gave up, before it can be given back',
    begin(world) {
      const [host] = someHosts(world, 1)
      return {
        meanwhile() {
          if (host === undefined || world.rooms.holderOf(host.firstId) !== undefined) return
          const newcomer = makePerson(7100, { firstId: host.firstId })
          world.people.push(newcomer)
          world.rooms.give(newcomer.personId, newcomer.firstId, world.now())
        },
      }
    },
  },
} satisfies Record<string, Fault>
