/** Fastify with the same schemas and no store: what starting and being there costs at the least. */
import Fastify from 'fastify'
import { RefreshRoomIdsAnswer, RefreshRoomIdsRequest } from '#roomkey/wire/refresh-room-ids.js'

const app = Fastify()
app.post(
  '/v1/admin/meetingPreferences/personalMeetingRoom/refreshId',
  { schema: { body: RefreshRoomIdsRequest, response: { 200: RefreshRoomIdsAnswer } } },
  async request => request.body,
)
app.get('/healthz', async () => ({ status: 'ok' }))
process.stdout.write(`service ${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
