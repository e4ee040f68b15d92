import type { FastifyReply } from 'fastify'

/** Closes the connection without an answer; `asReset`, with an RST where the platform can. */
export function loseAnswer(reply: FastifyReply, asReset = false): void {
  reply.hijack()
  const { socket } = reply.request.raw
  if (asReset && 'resetAndDestroy' in socket) return void socket.resetAndDestroy()
  reply.raw.destroy()
  reply.request.raw.destroy()
}
