/** How many connections are open at once: they must leave file descriptors for the database, plans and webhooks. */
import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'

/** For everything else that a process opens. */
const reserved = 384
const most = 16_384
const fewest = 64

/** When nearly all are in use, those that wait for their client's next call are closed, once in so many milliseconds. */
const makeRoomMs = 1000

export function limitConnections(app: FastifyInstance): void {
  const { server } = app
  server.maxConnections = connectionsFor(maxOpenFiles())
  let open = 0
  let madeRoomAt = Number.NEGATIVE_INFINITY
  server.on('connection', socket => {
    open += 1
    socket.once('close', () => {
      open -= 1
    })
    const now = app.clock.elapsed()
    if (open < server.maxConnections * 0.75 || now - madeRoomAt < makeRoomMs) return
    madeRoomAt = now
    server.closeIdleConnections()
  })
}

/** @param files how many files the process may have open. */
export function connectionsFor(files: number): number {
  return Math.max(fewest, Math.min(most, files - reserved))
}

/** Of this process, which has raised it as far as it may; Infinity where the system does not say. */
function maxOpenFiles(): number {
  try {
    const limit = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return limit === undefined ? Number.POSITIVE_INFINITY : Number(limit)
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
