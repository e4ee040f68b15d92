/** What the newest rotations of the site want of the person who looks at the console, wherever in it they are. */
import { useQuery } from '@tanstack/react-query'
import type { RotationAnswer } from '../../../src/wire/rotations.ts'
import { call } from './call.ts'
import { keys } from './keys.ts'
import { isActive } from './rotations.ts'
import { useShownSite } from './session.ts'

const activePollMs = 3000
/** Somebody else may plan or start one at any time. */
const quietPollMs = 15_000
const newest = 20

/** The newest rotations of the site in view, read again for as long as the console is open. */
export function useNewestRotations() {
  const site = useShownSite()
  const siteUrl = site?.siteUrl ?? ''
  return useQuery({
    queryKey: [...keys.rotations, siteUrl, 'newest'],
    queryFn: async () => {
      const path = `/api/sites/${encodeURIComponent(siteUrl)}/rotations?max=${newest}`
      return (await call<{ items: RotationAnswer[] }>('GET', path)).items
    },
    enabled: site !== undefined,
    refetchInterval: ({ state }) => (state.data?.some(isActive) ? activePollMs : quietPollMs),
  })
}

export interface Attention {
  /** The rotation that runs, and which share of it is done. */
  running: { number: number; share: number; pausing: boolean } | null
  /** Rotations that this person may approve. */
  toApprove: number
  /** Rotations that have stopped before their end. */
  stopped: number
}

export function attentionOf(rotations: RotationAnswer[] | undefined): Attention {
  const running = rotations?.find(({ state }) => state === 'running')
  return {
    running:
      running === undefined ? null : { number: running.number, share: shareOf(running), pausing: running.pausing },
    toApprove: rotations?.filter(wantsApproval).length ?? 0,
    stopped: rotations?.filter(({ state, undone }) => state === 'stopped' && undone === null).length ?? 0,
  }
}

/** Whether the person who looks may and should approve it. */
export function wantsApproval({ state, approval, plannedByYou }: RotationAnswer): boolean {
  return state === 'planned' && approval === 'needed' && !plannedByYou
}

function shareOf({ counts: { pending, sent, unsure, done, refused, held } }: RotationAnswer): number {
  const settled = done + refused + held
  const total = settled + pending + sent + unsure
  return total === 0 ? 1 : settled / total
}
