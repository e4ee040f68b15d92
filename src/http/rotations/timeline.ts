/** What happened to a rotation, in order: planned, rehearsed, approved, started, seen, stopped, finished, verified, undone. */
import { asMessage, type MessageOrText } from '../../messages/message.ts'
import { render } from '../../messages/render.ts'
import { keyOf } from '../../rotations/lifecycle.ts'
import type { AuditLogEntry } from '../../store/audit-log/audit-events.ts'
import type { Rotation } from '../../store/rotations/rotations.ts'
import { actsOnRotation, begunUndosOf, milestonesOf } from '../../store/rotations/timeline.ts'
import type { Site } from '../../store/sites/sites.ts'
import type { Db } from '../../store/tables.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { TimelineAnswer } from '../../wire/rotations/afterwards.ts'
import { RotationParams } from '../../wire/rotations.ts'
import { adminAccess } from '../access/scopes.ts'
import { type RotationApi, rotationFor } from './rotation-api.ts'

type Entry = TimelineAnswer['items'][number]

const nothing = {
  by: null,
  reason: null,
  message: null,
  rooms: null,
  rotation: null,
  rehearsal: null,
  verification: null,
}

export function rotationTimeline(api: RotationApi): void {
  api.app.get(
    '/api/sites/:siteUrl/rotations/:rotation/timeline',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'What happened to a rotation, and who did it',
        tags: ['Rotations'],
        params: RotationParams,
        response: { 200: TimelineAnswer, '4xx': ErrorAnswer },
      },
    },
    async request => {
      const { site, rotation } = await rotationFor(api, request)
      return { items: await timelineOf(api.store.db, site, rotation) }
    },
  )
}

async function timelineOf(db: Db, site: Site, rotation: Rotation): Promise<Entry[]> {
  const key = keyOf(rotation)
  const [acts, marks, undos] = await Promise.all([
    actsOnRotation(db, site.site_id, rotation),
    milestonesOf(db, key),
    begunUndosOf(db, key),
  ])
  const entries = [
    ...acts.flatMap(entryOfAct),
    ...marks.map(entryOfMark),
    ...undos.map(undo => entry(undo.started_at ?? 0, 'undone', { rotation: undo.rotation })),
  ]
  return entries.sort((a, b) => a.at.localeCompare(b.at))
}

function entry(at: number, kind: Entry['kind'], more: Partial<Entry>): Entry {
  return { at: new Date(at).toISOString(), kind, ...nothing, ...more }
}

const kinds: Record<string, Entry['kind']> = {
  'rotation.planned': 'planned',
  'rotation.rehearsed': 'rehearsed',
  'rotation.approved': 'approved',
  'rotation.started': 'started',
  'rotation.resumed': 'resumed',
  'rotation.paused': 'paused',
  'rotation.verified': 'verified',
}

function entryOfAct({ action, at, token_name, detail }: AuditLogEntry): Entry[] {
  const kind = kinds[action]
  if (kind === undefined) return []
  const parsed = JSON.parse(detail)
  // Older versions wrote less; what they did not write is not made up.
  const rehearsal = kind === 'rehearsed' && 'minutes' in parsed ? parsed : null
  const verification = kind === 'verified' && 'changedSince' in parsed ? parsed : null
  return [entry(Number(at), kind, { by: token_name, rehearsal, verification })]
}

function entryOfMark({ at, kind, body }: { at: number; kind: string; body: string }): Entry {
  const parsed = JSON.parse(body) as { reason?: MessageOrText | null; done?: number }
  if (kind === 'canaryOver') return entry(at, 'pilotsSeen', { rooms: parsed.done ?? null })
  if (kind === 'finished' || parsed.reason == null) return entry(at, kind as 'finished' | 'stopped', {})
  return entry(at, 'stopped', { reason: render(parsed.reason), message: asMessage(parsed.reason) })
}
