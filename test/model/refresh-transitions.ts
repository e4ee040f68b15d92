/** The batch refresh, as docs/batch-refresh.md promises it. */
import { type Answer, type Call, firstName, lastName } from './calls.ts'
import { type Complaint, differs, status } from './complaint.ts'
import {
  type Account,
  accountBy,
  dayMs,
  isFree,
  isWellFormed,
  lockedFor,
  roomOf,
  sameText,
  take,
  type World,
  wasEverHeld,
} from './world.ts'

type Refresh = Extract<Call, { call: 'refresh' }>

export function followRefresh(world: World, call: Refresh, answer: Answer): Complaint {
  const key = call.key === null ? null : [call.as, call.site, call.key].join()
  const request = JSON.stringify([call.by, call.items])
  const before = world.answered.find(each => each.key === key && each.at > world.now - dayMs)
  if (before !== undefined) {
    if (before.request !== request) return status(answer, 409)
    return answer.replayed ? differs(outcomeOf(answer), before.answer) : 'the answer was not a replay'
  }
  if (answer.replayed) return 'the answer was a replay of nothing'
  if (lockedFor(world, call.site, call.as)) return status(answer, 423)

  const complaint = followDecision(world, call, answer)
  if (complaint === null && key !== null) {
    world.answered = world.answered.filter(each => each.key !== key)
    world.answered.push({ key, request, answer: outcomeOf(answer), at: world.now })
  }
  return complaint
}

/** The part of an answer that is repeated for a repeated call. */
function outcomeOf({ status: code, body }: Answer): string {
  return JSON.stringify([code, body.personalMeetingRoomIds ?? body.errors])
}

function followDecision(world: World, { site, by, items }: Refresh, answer: Answer): Complaint {
  const people = items.map(({ address }) => accountBy(world, site, by, address))
  const unknown = items.flatMap((_, item) => (people[item] === undefined ? [`${item}/${by}`] : []))
  if (unknown.length > 0) return status(answer, 404) ?? offenders(answer, unknown)

  const asked = items.map(({ id }, item) => ({ account: people[item]!, id }))
  const refused = refusedItems(world, site, by, asked)
  if (refused.length > 0) return status(answer, 400) ?? offenders(answer, refused)
  if (answer.status !== 200) return status(answer, 200)

  const rooms: { email: string; personId: string; personalMeetingRoomId: string }[] = answer.body.personalMeetingRoomIds
  const shown = rooms.map(({ email, personId }) => ({ email, personId }))
  const wrongPeople = differs(
    shown,
    asked.map(({ account: { email, personId } }) => ({ email, personId })),
  )
  if (wrongPeople !== null) return wrongPeople

  const given = new Set<string>()
  for (const [item, { account, id }] of asked.entries()) {
    const got = rooms[item]!.personalMeetingRoomId
    const carried = roomOf(world, site, account.personId)
    if (id === null && !isByRule(world, account, got, given)) return `the rule does not give ${got} to ${account.email}`
    if (id !== null && got !== (sameText(id, carried) ? carried : id)) return `${account.email} got ${got} for ${id}`
    given.add(got.toLowerCase())
  }
  for (const [item, { account }] of asked.entries()) {
    const got = rooms[item]!.personalMeetingRoomId
    if (!sameText(got, roomOf(world, site, account.personId))) take(world, account, got)
  }
  return null
}

type Asked = { account: Account; id: string | null }[]

/**
 * The indexes of the items at fault. The batch is judged by its final state: an ID that its holder gives up in it is
 * free.
 */
function refusedItems(world: World, site: number, by: string, asked: Asked): string[] {
  const final = new Map(asked.map(({ account, id }) => [account.personId, id]))
  const before = { people: new Set<string>(), ids: new Set<string>() }
  return asked.flatMap(({ account, id }, item) => {
    const { personId } = account
    if (before.people.has(personId) || !account.host) {
      before.people.add(personId)
      return [`${item}/${by}`]
    }
    before.people.add(personId)
    if (id === null) return []
    const place = [`${item}/personalMeetingRoomId`]
    if (!isWellFormed(id) || before.ids.has(id.toLowerCase())) return place
    before.ids.add(id.toLowerCase())
    const holder = world.accounts.find(
      other => other.site === site && sameText(roomOf(world, site, other.personId), id),
    )
    if (holder === undefined || holder.personId === personId) return isFree(world, site, personId, id) ? [] : place
    const leaves = final.has(holder.personId) && !sameText(final.get(holder.personId)!, id)
    return leaves ? [] : place
  })
}

function offenders({ body }: Answer, expected: string[]): Complaint {
  const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer)
  return differs(
    pointers,
    expected.map(place => `#/personalMeetingRoomIds/${place}`),
  )
}

/** Whether the site's rule can give this ID to this person, after these were given to others of the batch. */
export function isByRule(world: World, { site, personId, email }: Account, id: string, given: Set<string>): boolean {
  const { method, prefix, length } = world.sites[site]!
  const drawn = { random: `^${prefix}[0-9a-z]{${length}}$`, meetingNumber: `^${prefix}[1-9][0-9]{10}$` }
  if (method === 'random' || method === 'meetingNumber') {
    return new RegExp(drawn[method]).test(id) && !wasEverHeld(world, site, id) && !given.has(id.toLowerCase())
  }
  const name = {
    emailPrefix: firstName(email),
    username: email.replace('@', ''),
    firstInitialLastName: (firstName(email).charAt(0) + lastName).toLowerCase(),
  }[method]
  for (let index = 1; ; index += 1) {
    const candidate = index === 1 ? name : `${name}${index}`
    if (given.has(candidate.toLowerCase()) || !isFree(world, site, personId, candidate)) continue
    const carried = roomOf(world, site, personId)
    return id === (sameText(carried, candidate) ? carried : candidate)
  }
}
