/** The habits of a target that its answers show: whom refusals name, what readings and lists show, how it asks for a wait. */
import type { FastifyRequest } from 'fastify'
import type { TargetAnswers } from '../../../probe/target-profile.ts'
import type { App } from '../../app.ts'
import { namesOf } from '../call-names.ts'

/** Lists that are not fresh are half an hour old. */
const staleListSeconds = 30 * 60

const lists = ['listpeople', 'getpersondetails']

export function showHabits(app: App, habits: TargetAnswers): void {
  app.addHook('onRequest', async request => {
    if (habits.offenders === 'unnamed' && isOf(request, ['refreshid'])) request.headers.accept = 'application/json'
  })
  app.addHook('onSend', async (request, reply, payload) => {
    // By the clock that a test moves, as everything else is.
    reply.header('date', new Date(app.clock.now()).toUTCString())
    const wait = reply.getHeader('retry-after')
    if (reply.statusCode === 429 && wait !== undefined) {
      const told = retryAfter(habits, Number(wait), app.clock.now())
      if (told === null) reply.removeHeader('retry-after')
      else reply.header('retry-after', told)
    }
    const isList = typeof payload === 'string' && reply.statusCode === 200 && isOf(request, lists)
    return isList && habits.listedRooms === 'absent' ? withoutRooms(payload) : payload
  })
}

/** How old what this call shows of rooms is, in seconds. */
export function ageOf(request: FastifyRequest, { staleSeconds, listedRooms }: TargetAnswers): number {
  if (isOf(request, lists)) return listedRooms === 'stale' ? staleListSeconds : 0
  const isReading = request.method === 'GET' && namesOf(request).length > 0
  return isReading && typeof staleSeconds === 'number' ? staleSeconds : 0
}

function isOf(request: FastifyRequest, names: string[]): boolean {
  return namesOf(request).some(name => names.includes(name))
}

function retryAfter({ retryAfter: form }: TargetAnswers, seconds: number, now: number): string | null {
  switch (form) {
    case 'fraction':
      return `${seconds}.5`
    case 'date':
      return new Date(now + seconds * 1000).toUTCString()
    case 'other':
      return `rand(${seconds}),add(${seconds})`
    case 'none':
      return null
    default:
      return String(seconds)
  }
}

function withoutRooms(payload: string): string {
  return JSON.stringify(
    JSON.parse(payload, (name, value) =>
      name === 'sipAddresses' ? value.filter(({ type }: { type: string }) => type !== 'personal-room') : value,
    ),
  )
}
