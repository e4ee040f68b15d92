/** What is read of a rotation as a stream: its report, the letters to its hosts, and its progress as it happens. */
import { PassThrough, Readable, type Writable } from 'node:stream'
import Type from 'typebox'
import { letterTemplates } from '../../rotation/letter-templates.ts'
import { lettersToWrite } from '../../rotation/letters.ts'
import { writeReportCsv, writeReportJsonLines } from '../../rotation/report.ts'
import { writeReportHtml } from '../../rotation/report-html.ts'
import type { RotationKey } from '../../store/rotation-journal.ts'
import type { Db } from '../../store/tables.ts'
import { RotationParams } from '../../wire/rotations.ts'
import { rotationEvents } from '../rotation-events.ts'
import { rotationFor } from '../rotation-for.ts'
import { keyOf, type RotationRuns } from '../rotation-runs.ts'
import { adminAccess } from '../scopes.ts'
import type { Api } from '../server.ts'

const formats = ['html', 'csv', 'jsonl'] as const
const reports: Record<
  (typeof formats)[number],
  { type: string; write(db: Db, key: RotationKey, to: Writable): Promise<void> }
> = {
  html: { type: 'text/html; charset=utf-8', write: writeReportHtml },
  csv: { type: 'text/csv; charset=utf-8', write: writeReportCsv },
  jsonl: { type: 'application/jsonl; charset=utf-8', write: writeReportJsonLines },
}
const languages = ['en', 'de', 'fr', 'es'] as const

export function rotationFiles({ app, store }: Api, runs: RotationRuns): void {
  app.get(
    '/api/sites/:siteUrl/rotations/:rotation/report.:format',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Download the report: who got which link, when and by which call',
        tags: ['Rotations'],
        params: Type.Object({ ...RotationParams.properties, format: Type.Enum([...formats]) }),
      },
    },
    async (request, reply) => {
      const { rotation } = await rotationFor(store, runs, request)
      const { format } = request.params
      const { type, write } = reports[format]
      const file = new PassThrough()
      write(store.db, keyOf(rotation), file).catch((error: Error) => file.destroy(error))
      return reply
        .type(type)
        .header('content-disposition', attachment(`rotation-${rotation.rotation}.${format}`))
        .send(file)
    },
  )

  app.get(
    '/api/sites/:siteUrl/rotations/:rotation/letters.jsonl',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Download the letters to the hosts whose link has changed, one per line: to, subject, text',
        tags: ['Rotations'],
        params: RotationParams,
        querystring: Type.Object(
          { language: Type.Optional(Type.Enum([...languages], { description: 'English where it is left out.' })) },
          { additionalProperties: false },
        ),
      },
    },
    async (request, reply) => {
      const { rotation } = await rotationFor(store, runs, request)
      const template = letterTemplates[request.query.language ?? 'en']
      async function* lines() {
        for await (const { to, subject, text } of lettersToWrite(store, keyOf(rotation), [template])) {
          yield `${JSON.stringify({ to, subject, text })}\n`
        }
      }
      return reply
        .type('application/jsonl; charset=utf-8')
        .header('content-disposition', attachment(`letters-${rotation.rotation}.jsonl`))
        .send(Readable.from(lines()))
    },
  )

  app.get(
    '/api/sites/:siteUrl/rotations/:rotation/events',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Follow a rotation',
        description:
          'Server-sent events: `progress` with done, refused, unsure, total and waitingUntil, and at last `end` with the rotation. The stream ends when the rotation stops or finishes.',
        tags: ['Rotations'],
        params: RotationParams,
      },
    },
    async (request, reply) => {
      const { site, rotation } = await rotationFor(store, runs, request)
      return reply
        .type('text/event-stream')
        .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
        .send(Readable.from(rotationEvents(store.db, runs, site, keyOf(rotation))))
    },
  )
}

function attachment(name: string): string {
  return `attachment; filename="${name}"`
}
