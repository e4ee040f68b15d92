/** The batch refresh as the target carries it out: judges every item, then changes all, some or none. */
import type { Answer, AskedRoom, Call, Hooks, Rules, World } from './fault.ts'
import type { TargetPerson } from './people.ts'

/** The documented message of a 400, which names no item. */
const malformed =
  "The request could not be understood by the server due to malformed syntax. See 'errors' for more details."
const used = 'Personal meeting room ID is being used by someone else.'

interface AskedItem {
  email?: string
  personId?: string
  personalMeetingRoomId?: string
  systemGenerated?: boolean
}

export function refresh(call: Call, world: World, rules: Rules, hooks: Hooks[]): Answer {
  const items = (call.body as { personalMeetingRoomIds?: AskedItem[] }).personalMeetingRoomIds ?? []
  const mixed = new Set(items.map(item => `${item.email === undefined} ${item.personalMeetingRoomId === undefined}`))
  if (items.length < 1 || items.length > 100 || mixed.size > 1) return refusal(['The items do not fit.'], [], rules)

  const asked = items.map(item => {
    const person = findPerson(world, item)
    return person === undefined ? undefined : { person, roomId: item.personalMeetingRoomId ?? null }
  })
  const reasons = asked.map(item => (item === undefined ? 'User not found.' : whyNot(item, asked, world, rules, hooks)))
  const refused = reasons.some(reason => reason !== undefined)
  const changing = asked.flatMap((item, index) => (item === undefined || reasons[index] !== undefined ? [] : [item]))
  if (refused) {
    for (const item of inSpiteOf(asked, reasons, world, rules)) changeAlone(item, call, world, hooks)
    return refusal(reasons, items, rules)
  }
  const given = changeTogether(changing, call, world, hooks)
  const personalMeetingRoomIds = changing.map(({ person }, index) => ({
    email: person.email,
    personId: person.personId,
    personalMeetingRoomId: given[index],
  }))
  return { status: 200, body: { siteUrl: world.siteUrl, personalMeetingRoomIds } }
}

export function findPerson({ people }: World, { email, personId }: AskedItem): TargetPerson | undefined {
  if (personId !== undefined) return people.find(person => person.personId === personId)
  return people.find(person => person.email.toLowerCase() === email?.toLowerCase())
}

/** Why the target would refuse this room in a batch of these, or undefined. */
export function whyNot(
  item: AskedRoom,
  batch: readonly (AskedRoom | undefined)[],
  { rooms }: World,
  rules: Rules,
  hooks: Hooks[],
): string | undefined {
  const { person, roomId } = item
  for (const hook of hooks) {
    const reason = hook.refuses?.(item)
    if (reason !== undefined) return reason
  }
  const current = rooms.current(person.personId)
  if (current === undefined) return 'The user has no personal meeting room.'
  if (batch.some(other => other !== item && other?.person === person)) return 'The user is named twice.'
  if (roomId === null) return undefined
  if (!/^(?=.*[a-z])[\w.-]{1,64}$/i.test(roomId)) return 'Personal meeting room ID is invalid.'
  const holder = rooms.holderOf(roomId)
  if (holder === person.personId) return rules.ownId === 'refused' ? used : undefined
  if (holder !== undefined) {
    const leaves = batch.some(other => other?.person.personId === holder)
    return rules.swaps === 'inBatch' && leaves ? undefined : used
  }
  const last = rooms.lastHolderOf(roomId)
  return rules.freedIds === 'reserved' && last !== undefined && last !== person.personId ? used : undefined
}

/** Those whom a refused batch changes all the same. */
function inSpiteOf(
  asked: (AskedRoom | undefined)[],
  reasons: (string | undefined)[],
  { chance }: World,
  { refusedBatch }: Rules,
): AskedRoom[] {
  if (refusedBatch === 'changesNobody') return []
  const order = refusedBatch === 'changesSome' ? chance.some([...asked.keys()], asked.length) : [...asked.keys()]
  const stop = order.findIndex(index => reasons[index] !== undefined)
  return order.slice(0, stop).flatMap(index => asked[index] ?? [])
}

function changeAlone(item: AskedRoom, call: Call, world: World, hooks: Hooks[]): void {
  const id = idFor(item, call, world, hooks)
  const holder = world.rooms.holderOf(id)
  const free = holder === undefined || holder === item.person.personId
  if (free && !hooks.some(hook => hook.skips?.(item))) world.change(item.person, id, call.number)
}

/** Judged by the final state: all give their IDs up before anybody takes one. */
function changeTogether(items: AskedRoom[], call: Call, world: World, hooks: Hooks[]): string[] {
  return items.map(item => {
    const id = idFor(item, call, world, hooks)
    if (!hooks.some(hook => hook.skips?.(item))) world.change(item.person, id, call.number)
    return id
  })
}

function idFor(item: AskedRoom, call: Call, world: World, hooks: Hooks[]): string {
  for (const hook of hooks) {
    const id = hook.gives?.(item, call)
    if (id !== undefined) return id
  }
  return item.roomId ?? world.freshId()
}

function refusal(reasons: (string | undefined)[], items: AskedItem[], rules: Rules): Answer {
  const descriptions = [...new Set(reasons.filter(reason => reason !== undefined))]
  if (rules.offenders === 'unnamed' || items.length === 0) {
    return { status: 400, body: { message: malformed, errors: descriptions.map(description => ({ description })) } }
  }
  const errors = reasons.flatMap((detail, index) => {
    const field = items[index]?.email === undefined ? 'personId' : 'email'
    return detail === undefined ? [] : [{ detail, pointer: `#/personalMeetingRoomIds/${index}/${field}` }]
  })
  return {
    status: 400,
    headers: { 'content-type': 'application/problem+json' },
    body: { title: 'Bad Request', status: 400, errors },
  }
}
