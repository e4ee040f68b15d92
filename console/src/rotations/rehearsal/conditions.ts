/** The conditions under which a plan is rehearsed. */
import type { Faults } from '../../data/rotations.ts'

/** As they are entered: shares in per cent, 0 for what does not happen. */
export interface Conditions {
  callsPerSecond: number
  pauseEvery: number
  pauseFor: number
  lost: number
  failed: number
  half: number
  slow: number
  slowSeconds: number
  staleSeconds: number
}

const calm: Conditions = {
  callsPerSecond: 0,
  pauseEvery: 0,
  pauseFor: 10,
  lost: 0,
  failed: 0,
  half: 0,
  slow: 0,
  slowSeconds: 2,
  staleSeconds: 0,
}

export const presets = {
  calm,
  strict: { ...calm, callsPerSecond: 2, pauseEvery: 120 },
  shaky: { ...calm, lost: 5, failed: 5, slow: 10 },
  harsh: { ...calm, callsPerSecond: 5, pauseEvery: 60, lost: 10, failed: 10, half: 5, slow: 10 },
} as const satisfies Record<string, Conditions>

export type Preset = keyof typeof presets

/** The preset with these conditions, or null. */
export function presetOf(conditions: Conditions): Preset | null {
  const same = ([, preset]: [string, Conditions]) => JSON.stringify(preset) === JSON.stringify(conditions)
  return (Object.entries(presets).find(same)?.[0] as Preset | undefined) ?? null
}

export function asFaults(conditions: Conditions): Faults {
  const { callsPerSecond, pauseEvery, pauseFor, lost, failed, half, slow, slowSeconds, staleSeconds } = conditions
  return {
    ...(callsPerSecond > 0 && { callsPerSecond }),
    ...(pauseEvery > 0 && pauseFor > 0 && { storm: { everySeconds: pauseEvery, forSeconds: pauseFor } }),
    ...(lost > 0 && { dropAfterCommit: lost / 100 }),
    ...(failed > 0 && { serverError: failed / 100 }),
    ...(half > 0 && { halfApplied: half / 100 }),
    ...(slow > 0 && { slow: { share: slow / 100, ms: slowSeconds * 1000 } }),
    ...(staleSeconds > 0 && { staleReadSeconds: staleSeconds }),
  }
}
