/** The service's rotations, as the pages see them. What happens while one moves is in use-rotation.ts. */
import { useQuery } from '@tanstack/react-query'
import type {
  NewRotationRequest,
  RehearsalAnswer,
  RehearsalRequest,
  RotationAnswer,
  RotationItemAnswer,
  UndoPreviewAnswer,
  VerificationAnswer,
} from '../../../src/wire/rotations.ts'
import { call, query } from './call.ts'
import { useSite } from './session.ts'
import { usePages } from './use-pages.ts'

export type { RehearsalAnswer, RotationAnswer, RotationItemAnswer } from '../../../src/wire/rotations.ts'
export type Faults = NonNullable<RehearsalRequest['faults']>
export type People = NewRotationRequest['people']
export type Ids = NewRotationRequest['ids']
export type Target = NonNullable<NewRotationRequest['target']>
export type RotationAction = 'approve' | 'start' | 'pause' | 'resume' | 'undo'

const lookMs = 3000
/** Lines in view are read again this often while a rotation moves. */
const linesMs = 5000

export function pathOf({ siteUrl, number }: Pick<RotationAnswer, 'siteUrl' | 'number'>): string {
  return `/api/sites/${encodeURIComponent(siteUrl)}/rotations/${number}`
}

export function isMoving(rotation: Pick<RotationAnswer, 'state'> | undefined): boolean {
  return rotation?.state === 'running' || rotation?.state === 'planning'
}

export function useRotations() {
  const { siteUrl } = useSite()
  return useQuery({
    queryKey: ['rotations', siteUrl],
    queryFn: async () =>
      (await call<{ items: RotationAnswer[] }>('GET', `/api/sites/${encodeURIComponent(siteUrl)}/rotations`)).items,
    refetchInterval: ({ state }) => (state.data?.some(isMoving) ? lookMs : false),
  })
}

export function useItems(rotation: RotationAnswer, state: string) {
  const path = `${pathOf(rotation)}/items${query({ state })}`
  return usePages<RotationItemAnswer>(
    ['rotation', rotation.siteUrl, rotation.number, 'items', state, rotation.state],
    path,
    isMoving(rotation) ? linesMs : false,
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

export function act(rotation: RotationAnswer, deed: RotationAction): Promise<RotationAnswer> {
  return call<RotationAnswer>('POST', `${pathOf(rotation)}/${deed}`)
}

export function discard(rotation: RotationAnswer): Promise<void> {
  return call('DELETE', pathOf(rotation))
}

export function verify(rotation: RotationAnswer): Promise<VerificationAnswer> {
  return call<VerificationAnswer>('POST', `${pathOf(rotation)}/verify`)
}

export function rehearse(rotation: RotationAnswer, faults: Faults, signal: AbortSignal): Promise<RehearsalAnswer> {
  return call<RehearsalAnswer>('POST', `${pathOf(rotation)}/rehearse`, { faults, speed: rehearsalSpeed }, signal)
}

/** A minute of a rehearsal takes a second. */
const rehearsalSpeed = 60

export function usePreviewOfUndo(rotation: RotationAnswer) {
  return useQuery({
    queryKey: ['rotation', rotation.siteUrl, rotation.number, 'undo'],
    queryFn: ({ signal }) => call<UndoPreviewAnswer>('GET', `${pathOf(rotation)}/undo`, undefined, signal),
    staleTime: 0,
    gcTime: 0,
  })
}

export const rotationFiles = ['report.html', 'report.csv', 'report.jsonl', 'letters.csv'] as const

export function filePath(rotation: RotationAnswer, file: (typeof rotationFiles)[number]): string {
  return `${pathOf(rotation)}/files/${file}`
}
