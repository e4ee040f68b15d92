/**
 * Fastify with the service's schemas and no store: the least that starting and idling can cost. With `--one`, only the
 * schemas of the batch refresh.
 */
import Fastify from 'fastify'
import * as commonSettings from '#roomkey/wire/common-settings.js'
import * as errors from '#roomkey/wire/errors.js'
import * as examples from '#roomkey/wire/examples.js'
import * as history from '#roomkey/wire/history.js'
import * as people from '#roomkey/wire/people.js'
import * as personalRoom from '#roomkey/wire/personal-room.js'
import * as preferences from '#roomkey/wire/preferences.js'
import * as refreshRoomIds from '#roomkey/wire/refresh-room-ids.js'
import * as rooms from '#roomkey/wire/rooms.js'
import * as rotations from '#roomkey/wire/rotations.js'
import * as session from '#roomkey/wire/session.js'
import * as sites from '#roomkey/wire/sites.js'
import * as tokens from '#roomkey/wire/tokens.js'
import * as webhooks from '#roomkey/wire/webhooks.js'

const wire = [
  commonSettings,
  errors,
  examples,
  history,
  people,
  personalRoom,
  preferences,
  refreshRoomIds,
  rooms,
  rotations,
  session,
  sites,
  tokens,
  webhooks,
]
const app = Fastify()
app.post(
  '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId',
  { schema: { body: refreshRoomIds.RefreshRoomIdsRequest, response: { 200: refreshRoomIds.RefreshRoomIdsAnswer } } },
  async request => request.body,
)
if (!process.argv.includes('--one')) {
  const schemas = wire.flatMap(file => Object.entries(file)).filter(([name]) => /^[A-Z]/.test(name))
  for (const [name, schema] of schemas) {
    const asked = /Request|Update|Patch|Params|Item/.test(name) ? { body: schema } : { response: { 200: schema } }
    app.post(`/${name}`, { schema: asked }, async request => request.body)
  }
}
app.get('/healthz', async () => ({ status: 'ok' }))
process.stdout.write(`service ${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
