/** More of the work that takes long than a process can do at once. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Attack, Attacked } from './attacked.ts'
import { bearer, type Outcome, send, together } from './send.ts'

export const workAttacks: Record<string, Attack> = {
  '100 plans at once': attacked =>
    together(100, () => send(rotationsOf(attacked), bearer(attacked.siteAdministrator), everyone)),

  '100 rehearsals at once': async attacked => {
    const plan = await planned(attacked)
    return together(100, () => send(`${plan}/rehearse`, bearer(attacked.siteAdministrator), '{}'))
  },

  '100 audits at once': ({ url, site, siteAdministrator }) =>
    together(100, () => send(`${url}/api/audit?siteUrl=${site}`, bearer(siteAdministrator), undefined, 'GET')),

  '100 reports at once': async attacked => {
    const plan = await planned(attacked)
    const files = ['report.html', 'report.csv', 'report.jsonl', 'letters.csv']
    return together(100, n =>
      send(`${plan}/files/${files[n % files.length]}`, bearer(attacked.siteAdministrator), undefined, 'GET'),
    )
  },

  '400 streams of a rotation at once': async attacked => {
    const plan = await planned(attacked)
    await send(`${plan}/start`, bearer(attacked.siteAdministrator), '{}')
    return together(400, () => send(`${plan}/events`, bearer(attacked.siteAdministrator), undefined, 'GET'))
  },
} satisfies Record<string, (attacked: Attacked) => Promise<Outcome>>

const everyone = JSON.stringify({
  people: { who: 'everyone' },
  ids: { kind: 'words', bits: 40 },
  canary: 0,
  freeze: false,
})

const rotationsOf = ({ url, site }: Attacked) => `${url}/api/sites/${site}/rotations`

/** Has a plan of everybody made, and says where it is once it can be rehearsed and started. */
async function planned(attacked: Attacked): Promise<string> {
  const path = rotationsOf(attacked)
  const headers = bearer(attacked.siteAdministrator)
  for (;;) {
    const answer = await fetch(path, { method: 'POST', headers, body: everyone })
    const { number } = (await answer.json()) as { number: number }
    // As many are being made as may be.
    if (answer.status === 429 || answer.status === 503) await sleep(1000)
    else if (answer.ok) return untilPlanned(`${path}/${number}`, headers)
    else throw new Error(`A plan was answered ${answer.status}.`)
  }
}

async function untilPlanned(path: string, headers: Record<string, string>): Promise<string> {
  for (;;) {
    const { state } = (await (await fetch(path, { headers })).json()) as { state?: string }
    if (state !== undefined && state !== 'planning') return path
    await sleep(250)
  }
}
