/** The meetings that carry the old links of a rotation, as far as `roomkey meetings` has read them. */
import Type from 'typebox'
import { keyOf } from '../../rotations/lifecycle.ts'
import { hostLines } from '../../rotations/meetings/affected-lines.ts'
import { affectedHosts, countAffected } from '../../store/meetings/affected.ts'
import { ErrorAnswer } from '../../wire/errors.ts'
import { AffectedMeetingsAnswer } from '../../wire/rotations/affected-meetings.ts'
import { RotationParams } from '../../wire/rotations.ts'
import { adminAccess } from '../access/scopes.ts'
import { linkNext, pageQuery, readCursor, readPageSize, writeCursor } from '../plumbing/paging.ts'
import { type RotationApi, rotationFor } from './rotation-api.ts'

export function affectedMeetings(api: RotationApi): void {
  const { app, store } = api
  app.get(
    '/api/sites/:siteUrl/rotations/:rotation/meetings',
    {
      config: { access: adminAccess },
      schema: {
        summary: 'The meetings that carry the old links of a rotation',
        description:
          'Of the hosts that `roomkey meetings` has read, before the rotation or after it: those with meetings, or whose meetings could not be read; most occurrences first. They hold no passwords and keys.',
        tags: ['Rotations'],
        params: RotationParams,
        querystring: Type.Object(pageQuery, { additionalProperties: false }),
        response: { 200: AffectedMeetingsAnswer, '4xx': ErrorAnswer },
      },
    },
    async (request, reply) => {
      const { rotation } = await rotationFor(api, request)
      const key = keyOf(rotation)
      const limit = readPageSize(request.query.max)
      const place = readCursor(request.query.cursor, ['large', 'number'])
      const after = place && { occurrences: place[0], number: place[1] }
      const hosts = await affectedHosts(store.db, key, { after, limit: limit + 1 })
      const page = hosts.slice(0, limit)
      const last = page.at(-1)
      if (last !== undefined && hosts.length > limit) {
        linkNext(request, reply, writeCursor([last.occurrences, last.number]))
      }
      const counts = await countAffected(store.db, key)
      return { counts, items: page.map(host => hostLines(host, rotation.site_url)) }
    },
  )
}
