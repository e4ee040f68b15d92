/** Answers that are true and do not look as documented. */
import type { Answer, Call, Fault, Hooks } from '../fault.ts'
import { someHosts } from './victims.ts'

interface Item {
  email?: string
  personId?: string
  personalMeetingRoomId: string
}

/** Changes the items of each answer of 200 to a refresh. */
function items(change: (items: Item[]) => Item[]): Hooks {
  return {
    answers(call: Call, answer: Answer) {
      if (call.kind !== 'refresh' || answer.status !== 200) return answer
      const body = answer.body as { personalMeetingRoomIds: Item[] }
      return { ...answer, body: { ...body, personalMeetingRoomIds: change(body.personalMeetingRoomIds) } }
    },
  }
}

const html = { 'content-type': 'text/html' }

export const oddAnswers = {
  noPersonId: {
    about: 'answers have no person IDs',
    begin: () => items(all => all.map(({ personId: _, ...item }) => item)),
  },
  noEmail: {
    about: 'answers have no e-mails',
    begin: () => items(all => all.map(({ email: _, ...item }) => item)),
  },
  shuffled: {
    about: 'answers are in another order than the request',
    begin: world => items(all => world.chance.some(all, all.length)),
  },
  upperCase: {
    about: 'e-mails and IDs come back in upper case',
    begin: () =>
      items(all =>
        all.map(({ email = '', personalMeetingRoomId, ...item }) => ({
          ...item,
          email: email.toUpperCase(),
          personalMeetingRoomId: personalMeetingRoomId.toUpperCase(),
        })),
      ),
  },
  emptyAnswer: {
    about: 'the answer to a refresh is {}',
    begin: () => ({
      answers: (call, answer) => (call.kind === 'refresh' && answer.status === 200 ? { ...answer, body: {} } : answer),
    }),
  },
  htmlRefresh: {
    about: 'a proxy answers every second refresh with 200 and a page, after the work was done',
    begin: () => ({
      answers: (call, answer) =>
        call.kind === 'refresh' && call.nth % 2 === 1
          ? { status: 200, headers: html, body: '<html>Portal</html>' }
          : answer,
    }),
  },
  htmlRead: {
    about: 'a proxy answers every ninth reading of a room with 200 and a page',
    begin: () => ({
      answers: (call, answer) =>
        call.kind === 'readRoom' && call.nth % 9 === 1
          ? { status: 200, headers: html, body: '<html>Portal</html>' }
          : answer,
    }),
  },
  htmlOneRoom: {
    about: 'from the first refresh on, every reading of one room is a page',
    begin(world) {
      const [victim] = someHosts(world, 1)
      let begun = false
      return {
        answers(call, answer) {
          begun ||= call.kind === 'refresh'
          const isPage = begun && call.kind === 'readRoom' && call.about.includes(victim!)
          return isPage ? { status: 200, headers: html, body: '<html>Portal</html>' } : answer
        },
      }
    },
  },
  htmlList: {
    about: 'a proxy answers every third page of the list with 200 and a page',
    begin: () => ({
      answers: (call, answer) =>
        call.kind === 'list' && call.nth % 3 === 1
          ? { status: 200, headers: html, body: '<html>Portal</html>' }
          : answer,
    }),
  },
} satisfies Record<string, Fault>
