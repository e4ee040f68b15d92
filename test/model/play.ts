/** Runs the service and the model side by side. */
import { vi } from 'vitest'
import { scopes } from '#roomkey/http/access/scopes.js'
import type { App } from '#roomkey/http/app.js'
import { type Answer, type Call, type Real, send } from './calls.ts'
import { follow } from './model-transitions.ts'
import { onceCarried, type Step, toCall } from './steps.ts'
import { type Method, roomOf, type World } from './world.ts'

/** Both sides of a game. */
export interface Game {
  model: World
  real: Real
}

let games = 0

/**
 * Begins a game on two new sites: the first one has four hosts and makes IDs by this method from then on; there are
 * three tokens besides the administrator's.
 */
export async function newGame(apps: App[], token: string, method: Method): Promise<Game> {
  games += 1
  const real: Real = { apps, tokens: new Map([['admin', { token, id: '' }]]) }
  const model: World = {
    now: Date.now(),
    sites: [],
    accounts: [],
    log: [],
    tokens: [{ name: 'admin', kind: 'full', email: null, expiresAt: null, revoked: false }],
    answered: [],
  }
  for (const letter of ['a', 'b']) {
    const url = `${letter}${games}.example`
    await apps[0]!.inject({
      method: 'POST',
      url: '/api/sites',
      headers: { authorization: `Bearer ${token}` },
      payload: { siteUrl: url },
    })
    const settings = { prefix: 'pr', length: 12, quarantineDays: 30, allowCustomUrl: true }
    model.sites.push({ url, method: 'random', ...settings, lock: null })
  }
  const game = { model, real }
  for (const name of ['ada', 'ava', 'ben', 'cyd']) {
    await play(game, { step: 'add', name, on: [{ site: 0, host: true }] })
  }
  await play(game, { step: 'change site', caller: 0, site: 0, changes: { generationMethod: method } })
  for (const kind of ['full', 'firstSite', 'host'] as const) {
    await play(game, { step: 'issue', kind, name: 'ada', lastsMs: null })
  }
  return game
}

/** Takes a step on both sides. @throws Error where the service did not do what the model says. */
export async function play({ model, real }: Game, step: Step): Promise<void> {
  const call = toCall(model, step)
  if (call === null) return
  const answer = await ask(real, model, call)
  const complaint = follow(model, call, answer)
  if (complaint !== null) throw new Error(`${JSON.stringify(call)}: ${complaint}`)
}

/** Sends a call at the time of the model. */
export function ask(real: Real, model: World, call: Call): Promise<Answer> {
  vi.advanceTimersByTime(model.now - Date.now())
  return send(real, model, call, scopes)
}

/** Calls that together show all of the first site's rooms and IDs. */
export function everythingToSee(model: World): Call[] {
  const people = model.accounts.filter(account => account.site === 0)
  return [
    ...people.map(({ personId }): Call => ({ as: 'admin', call: 'room', site: 0, personId })),
    ...people.map(({ personId }): Call => ({ as: 'admin', call: 'history', site: 0, personId })),
    ...people.flatMap(({ personId }): Call[] => {
      const id = roomOf(model, 0, personId)
      return id === null ? [] : [{ as: 'admin', call: 'lookup', site: 0, id }]
    }),
    ...onceCarried(model, 0).map((id): Call => ({ as: 'admin', call: 'whoHeld', site: 0, id, at: null })),
  ]
}
