/** What the scenarios use of the product, in one place: plan, run, verify, letters, report and undo. */
import { hostEmailTemplates } from '#roomkey/rotations/afterwards/host-email-templates.js'
import { type HostEmail, sendHostEmails } from '#roomkey/rotations/afterwards/host-emails.js'
import { type ReportLine, reportLine } from '#roomkey/rotations/afterwards/report.js'
import { planUndo } from '#roomkey/rotations/afterwards/undo.js'
import type { Verified } from '#roomkey/rotations/afterwards/verified.js'
import { verifyRooms } from '#roomkey/rotations/afterwards/verify.js'
import type { Choice } from '#roomkey/rotations/planning/choose.js'
import { makePlan, type PlanSummary } from '#roomkey/rotations/planning/make-plan.js'
import { runRotation } from '#roomkey/rotations/running/run.js'
import type { RunEnd, RunRefusal } from '#roomkey/rotations/running/run-deps.js'
import { Governor } from '#roomkey/rotations/target/governor.js'
import { governedPermits } from '#roomkey/rotations/target/permits.js'
import { profiles } from '#roomkey/rotations/target/profile.js'
import type { RotationKey } from '#roomkey/store/rotations/journal.js'
import type { DeadRun } from '#roomkey/store/rotations/ownership.js'
import { eachItem, type RotationItem } from '#roomkey/store/rotations/rotations.js'
import { secureRandomText } from '#roomkey/store/secure-random.js'
import type { Store } from '#roomkey/store/store.js'
import type { Fetch } from '#roomkey/webex/calls/calls.js'
import { createWebexClient } from '#roomkey/webex/calls/client.js'
import type { VirtualClock } from '../../support/virtual-clock.ts'
import { MortalProcess } from './mortal-process.ts'
import type { Scenario } from './scenario.ts'

/** So many rooms go first. */
export const canary = 5

export interface Setting {
  scenario: Scenario
  siteUrl: string
  origin: string
  store: Store
  clock: VirtualClock
  fetch: Fetch
  /** The token to use now. */
  token: () => string
  /** Rejects once something must be repeated or waited for without end. */
  endless: Promise<never>
}

export interface Product {
  plan(choice: Choice): Promise<PlanSummary>
  /** One process that runs it. `died` when it was killed at that step. */
  run(key: RotationKey, owner: string, dieAt: number | null, dead: DeadRun[]): Promise<RunEnd | RunRefusal | 'died'>
  verify(key: RotationKey): Promise<Verified>
  letters(key: RotationKey): Promise<HostEmail[]>
  undo(key: RotationKey): Promise<PlanSummary>
  items(key: RotationKey): Promise<RotationItem[]>
}

export function productAt(setting: Setting): Product {
  const { scenario, siteUrl, store, clock } = setting
  const questions = { isGuessable: () => true, isPinned: () => false, ageInDays: () => null }
  const reading = () => ({
    store,
    client: clientOf(setting, setting.fetch),
    randomText: secureRandomText,
    now: () => clock.now(),
  })

  return {
    plan: choice =>
      settle(
        setting,
        makePlan(
          {
            siteUrl,
            target: `${setting.origin}/v1`,
            profile: profiles[scenario.profile],
            choice,
            retained: null,
            allowUnmatched: true,
            source: sources[scenario.ids],
            canary,
            freshMs: scenario.seed % 3 === 0 ? 3_600_000 : 0,
            freeze: scenario.seed % 2 === 0,
          },
          { ...reading(), questions },
        ),
      ),
    async run(key, owner, dieAt, dead) {
      const mortal = new MortalProcess(owner, dieAt)
      const running = runRotation(key, {
        store: mortal.store(store),
        client: clientOf(setting, mortal.fetch(setting.fetch)),
        clock,
        owner,
        dead,
        at: mortal.step,
      })
      try {
        return await settle(setting, Promise.race([running, mortal.died]))
      } finally {
        mortal.kill()
      }
    },
    verify: key => settle(setting, verifyRooms(key, reading())),
    async letters(key) {
      const letters: HostEmail[] = []
      await settle(
        setting,
        sendHostEmails(store, key, [hostEmailTemplates.en], async letter => void letters.push(letter)),
      )
      return letters
    },
    undo: key => settle(setting, planUndo(key, reading())),
    async items(key) {
      const all: RotationItem[] = []
      for await (const items of eachItem(store.db, key)) all.push(...items)
      return all
    },
  }
}

const sources = {
  random: { kind: 'random', prefix: '', bits: 60 },
  given: { kind: 'csv' },
  system: { kind: 'system' },
} as const

function clientOf({ origin, clock, token }: Setting, fetch: Fetch) {
  const source = { token: async () => token(), renew: async () => false }
  return createWebexClient(origin, { fetch, permits: governedPermits(new Governor(), clock), token: source, clock })
}

/** Lets time pass until it is done, or until it has gone on for too long. */
async function settle<Result>({ clock, endless }: Setting, task: Promise<Result>): Promise<Result> {
  task.catch(() => undefined)
  return clock.run(Promise.race([task, endless]))
}

export function reportOf(items: RotationItem[], siteUrl: string): (ReportLine & { item: RotationItem })[] {
  return items.filter(item => item.kind !== 'temporary').map(item => ({ ...reportLine(item, siteUrl), item }))
}
