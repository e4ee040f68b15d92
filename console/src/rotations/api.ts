/** The service's rotations, as the pages see them. */
import { useQuery } from '@tanstack/react-query'
import type {
  NewRotationRequest,
  RotationAnswer,
  RotationItemAnswer,
  VerificationAnswer,
} from '../../../src/wire/rotations.ts'
import { call, query } from '../api/call.ts'
import { usePages } from '../history/use-pages.ts'
import { useSite } from '../shell/session.tsx'

export type { RotationAnswer, RotationItemAnswer } from '../../../src/wire/rotations.ts'
export type People = NewRotationRequest['people']
export type Ids = NewRotationRequest['ids']
export type Target = NonNullable<NewRotationRequest['target']>
export type RotationDeed = 'start' | 'pause' | 'resume' | 'undo'

const lookMs = 1000

function pathOf({ siteUrl, number }: Pick<RotationAnswer, 'siteUrl' | 'number'>): string {
  return `/api/sites/${encodeURIComponent(siteUrl)}/rotations/${number}`
}

export function useRotations() {
  const { siteUrl } = useSite()
  return useQuery({
    queryKey: ['rotations', siteUrl],
    queryFn: async () =>
      (await call<{ items: RotationAnswer[] }>('GET', `/api/sites/${encodeURIComponent(siteUrl)}/rotations`)).items,
  })
}

/** One rotation, looked at again while it moves. */
export function useRotation(number: number) {
  const { siteUrl } = useSite()
  return useQuery({
    queryKey: ['rotation', siteUrl, number],
    queryFn: () => call<RotationAnswer>('GET', pathOf({ siteUrl, number })),
    refetchInterval: ({ state }) => (isMoving(state.data) ? lookMs : false),
  })
}

function isMoving(rotation: RotationAnswer | undefined): boolean {
  return rotation?.state === 'running' || rotation?.state === 'planning'
}

export function useItems(rotation: RotationAnswer, state: string) {
  const path = `${pathOf(rotation)}/items${query({ state })}`
  return usePages<RotationItemAnswer>(
    ['rotation', rotation.siteUrl, rotation.number, 'items', state, rotation.state],
    path,
  )
}

/** Makes a plan; gives its number. */
export async function makePlan(
  siteUrl: string,
  people: People,
  ids: Ids,
  rest: { canary: number; freeze: boolean; target: Target },
): Promise<number> {
  const path = `/api/sites/${encodeURIComponent(siteUrl)}/rotations`
  return (await call<RotationAnswer>('POST', path, { people, ids, ...rest })).number
}

export function act(rotation: RotationAnswer, deed: RotationDeed): Promise<RotationAnswer> {
  return call<RotationAnswer>('POST', `${pathOf(rotation)}/${deed}`)
}

export function verify(rotation: RotationAnswer): Promise<VerificationAnswer> {
  return call<VerificationAnswer>('POST', `${pathOf(rotation)}/verify`)
}

export const rotationFiles = ['report.html', 'report.csv', 'report.jsonl', 'letters.csv'] as const

export function filePath(rotation: RotationAnswer, file: (typeof rotationFiles)[number]): string {
  return `${pathOf(rotation)}/files/${file}`
}
