/** What happened to a rotation, and who did it. */
import { useQuery } from '@tanstack/react-query'
import type { StrengthsAnswer, TimelineAnswer } from '../../../src/wire/rotations/afterwards.ts'
import { call } from './call.ts'
import { keys } from './keys.ts'
import { pathOf, type RotationAnswer } from './rotations.ts'

export type TimelineEntry = TimelineAnswer['items'][number]

export function timelineKey(rotation: RotationAnswer): readonly unknown[] {
  return [...keys.rotation(rotation), 'timeline']
}

/** Read again whenever the state of the rotation is another. */
export function useTimeline(rotation: RotationAnswer) {
  return useQuery({
    queryKey: [...timelineKey(rotation), rotation.state, rotation.approval, rotation.undone?.state],
    queryFn: async () => (await call<TimelineAnswer>('GET', `${pathOf(rotation)}/timeline`)).items,
  })
}

/** How guessable its rooms were before, and are after it; asked for once there is a result. */
export function useStrengths(rotation: RotationAnswer) {
  return useQuery({
    queryKey: [...keys.rotation(rotation), 'strengths', rotation.state, rotation.counts.done],
    queryFn: () => call<StrengthsAnswer>('GET', `${pathOf(rotation)}/strengths`),
    staleTime: 60_000,
  })
}

/** The last thing of a kind that happened to it. */
export function lastOf<Kind extends TimelineEntry['kind']>(
  items: TimelineEntry[] | undefined,
  kind: Kind,
): TimelineEntry | undefined {
  return items?.findLast(item => item.kind === kind)
}
