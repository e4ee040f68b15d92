/** What is read of a rotation as a stream: its report, the e-mails to its hosts, and its progress as it happens. */
import { PassThrough, Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import Type from 'typebox'
import { hostEmailTemplates } from '../../rotations/afterwards/host-email-templates.ts'
import { hostEmailsToSend } from '../../rotations/afterwards/host-emails.ts'
import { writeReportCsv, writeReportJsonLines } from '../../rotations/afterwards/report.ts'
import { writeReportHtml } from '../../rotations/afterwards/report-html.ts'
import { keyOf } from '../../rotations/lifecycle.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import type { Store } from '../../store/store.ts'
import { RotationParams } from '../../wire/rotations.ts'
import { callerOf } from '../access/auth.ts'
import { endWithCaller } from '../access/end-with-caller.ts'
import { adminAccess } from '../access/scopes.ts'
import { rotationEvents } from './events.ts'
import { type RotationApi, rotationFor } from './rotation-api.ts'

const files: Record<string, { type: string; write(store: Store, key: RotationKey, to: Writable): Promise<void> }> = {
  'report.html': { type: 'text/html; charset=utf-8', write: ({ db }, key, to) => writeReportHtml(db, key, to) },
  'report.csv': { type: 'text/csv; charset=utf-8', write: ({ db }, key, to) => writeReportCsv(db, key, to) },
  'report.jsonl': {
    type: 'application/jsonl; charset=utf-8',
    write: ({ db }, key, to) => writeReportJsonLines(db, key, to),
  },
  'letters.csv': { type: 'text/csv; charset=utf-8', write: writeHostEmailsCsv },
}

export function rotationFiles(api: RotationApi): void {
  const { app, store } = api
  app.get(
    '/api/sites/:siteUrl/rotations/:rotation/files/:file',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'The report of a rotation, or the e-mails to its hosts in English and German for a mail merge',
        tags: ['Rotations'],
        params: Type.Object({ ...RotationParams.properties, file: Type.Enum(Object.keys(files)) }),
      },
    },
    async (request, reply) => {
      const { site, rotation } = await rotationFor(api, request)
      const { type, write } = files[request.params.file]!
      const over = api.work.begin('exports', callerOf(request), site.url)
      const content = new PassThrough().once('close', over)
      endWithCaller(api, request, reply, () => content.destroy(new Error('The access token has ended.')))
      write(store, keyOf(rotation), content).catch((error: Error) => content.destroy(error))
      const name = `rotation-${rotation.rotation}-${request.params.file}`
      return reply.type(type).header('content-disposition', `attachment; filename="${name}"`).send(content)
    },
  )

  app.get(
    '/api/sites/:siteUrl/rotations/:rotation/events',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'Follow a rotation',
        description:
          'Server-sent events: `progress` with done, refused, held, unsure, total, batches, waitingUntil and refusedFor, and at last `end` with the rotation. The stream ends when the rotation stops or finishes, and with the token or session of its caller.',
        tags: ['Rotations'],
        params: RotationParams,
      },
    },
    async (request, reply) => {
      const { site, rotation } = await rotationFor(api, request)
      const caller = callerOf(request)
      const over = api.work.begin('streams', caller, site.url)
      const ended = new AbortController()
      const events = rotationEvents(api, { site, caller }, keyOf(rotation), ended.signal)
      endWithCaller(api, request, reply, () => ended.abort())
      return reply
        .type('text/event-stream')
        .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
        .send(Readable.from(events).once('close', over))
    },
  )
}

/** One row per host whose link has changed, as a mail merge reads it. */
async function writeHostEmailsCsv(store: Store, key: RotationKey, to: Writable): Promise<void> {
  const letters = hostEmailsToSend(store, key, [hostEmailTemplates.en, hostEmailTemplates.de])
  const csv = stringify({ header: true, bom: true, escape_formulas: true, columns: ['to', 'subject', 'text'] })
  await pipeline(Readable.from(letters), csv, to)
}
