/** Calls about rotations that more than one page makes. `rotations/page/use-rotation.ts` follows a single one live. */
import { useQuery } from '@tanstack/react-query'
import type {
  RehearsalAnswer,
  RehearsalRequest,
  UndoPreviewAnswer,
  VerifiedAnswer,
  VerifyRequest,
} from '../../../src/wire/rotations/afterwards.ts'
import type { ListedRotationRequest, NewRotationRequest } from '../../../src/wire/rotations/new-rotation.ts'
import type { PlannedAnswer, RotationAnswer, RotationItemAnswer } from '../../../src/wire/rotations.ts'
import { call, query } from './call.ts'
import { keys } from './keys.ts'
import { useSite } from './session.ts'
import { usePages } from './use-pages.ts'

export type { RehearsalAnswer } from '../../../src/wire/rotations/afterwards.ts'
export type { PlannedAnswer, RotationAnswer, RotationItemAnswer } from '../../../src/wire/rotations.ts'
export type Faults = NonNullable<RehearsalRequest['faults']>
export type RotationAction = 'approve' | 'start' | 'pause' | 'resume' | 'undo'

const listPollMs = 3000
/** How often the items in view are read again while a rotation is active. */
const itemsPollMs = 5000

export function pathOf({ siteUrl, number }: Pick<RotationAnswer, 'siteUrl' | 'number'>): string {
  return `/api/sites/${encodeURIComponent(siteUrl)}/rotations/${number}`
}

/** Being planned or running: its numbers change by themselves. */
export function isActive(rotation: Pick<RotationAnswer, 'state'> | undefined): boolean {
  return rotation?.state === 'running' || rotation?.state === 'planning'
}

export function useRotations() {
  const { siteUrl } = useSite()
  return useQuery({
    queryKey: [...keys.rotations, siteUrl],
    queryFn: async () =>
      (await call<{ items: RotationAnswer[] }>('GET', `/api/sites/${encodeURIComponent(siteUrl)}/rotations`)).items,
    refetchInterval: ({ state }) => (state.data?.some(isActive) ? listPollMs : false),
  })
}

export function useItems(rotation: RotationAnswer, state: string) {
  const path = `${pathOf(rotation)}/items${query({ state })}`
  return usePages<RotationItemAnswer>(
    [...keys.rotation(rotation), 'items', state, rotation.state, rotation.undone?.rooms],
    path,
    isActive(rotation) ? itemsPollMs : false,
  )
}

/** Makes a plan. Gives its rotation, and which columns of a list were taken for what. */
export async function makePlan(siteUrl: string, request: NewRotationRequest): Promise<PlannedAnswer> {
  const path = `/api/sites/${encodeURIComponent(siteUrl)}/rotations`
  return call<PlannedAnswer>('POST', path, request)
}

/** Makes a plan of the people in a file, as `makePlan` does. */
export async function makeListedPlan(siteUrl: string, plan: ListedRotationRequest, file: File): Promise<PlannedAnswer> {
  const asked = query({ name: file.name, plan: JSON.stringify(plan) })
  const path = `/api/sites/${encodeURIComponent(siteUrl)}/rotations/listed${asked}`
  return call<PlannedAnswer>('POST', path, file)
}

export function act(rotation: RotationAnswer, action: RotationAction): Promise<RotationAnswer> {
  return call<RotationAnswer>('POST', `${pathOf(rotation)}/${action}`)
}

export function discard(rotation: RotationAnswer): Promise<void> {
  return call('DELETE', pathOf(rotation))
}

export function verify(rotation: RotationAnswer, how: NonNullable<VerifyRequest>): Promise<VerifiedAnswer> {
  return call<VerifiedAnswer>('POST', `${pathOf(rotation)}/verify`, how)
}

export function rehearse(rotation: RotationAnswer, faults: Faults, signal: AbortSignal): Promise<RehearsalAnswer> {
  return call<RehearsalAnswer>('POST', `${pathOf(rotation)}/rehearse`, { faults, speed: rehearsalSpeed }, signal)
}

/** A rehearsed minute takes a second. */
const rehearsalSpeed = 60

export function usePreviewOfUndo(rotation: RotationAnswer) {
  return useQuery({
    queryKey: [...keys.rotation(rotation), 'undo'],
    queryFn: ({ signal }) => call<UndoPreviewAnswer>('GET', `${pathOf(rotation)}/undo`, undefined, signal),
    staleTime: 0,
    gcTime: 0,
  })
}

export const rotationFiles = ['report.html', 'report.csv', 'report.jsonl', 'letters.csv'] as const

export function filePath(rotation: RotationAnswer, file: (typeof rotationFiles)[number]): string {
  return `${pathOf(rotation)}/files/${file}`
}
