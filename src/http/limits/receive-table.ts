/** A table as the body of a request: kept in a private file while it is read, so that it takes no memory. */
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { spooled, type TableSource } from '../../directory/files/bytes/table-source.ts'
import { openTable, type Table } from '../../directory/files/read-table.ts'
import { UserError } from '../../errors.ts'
import { message } from '../../messages/message.ts'
import type { App } from '../app.ts'
import { refuse } from '../plumbing/errors.ts'

export const tableTypes = ['text/csv', 'text/tab-separated-values', 'text/plain', 'application/octet-stream']

const maxBytes = 64 * 2 ** 20

/** Adds routes whose body is a table. */
export function takingTables(app: App, add: (app: App) => void): void {
  app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(tableTypes, (_request, _body, done) => done(null))
    scope.addContentTypeParser('*', (_request, _body, done) =>
      done(refuse(415, message('tableMediaType', { types: tableTypes.join(', ') }))),
    )
    add(scope as App)
  })
}

/**
 * Must be closed.
 * @throws ApiError 400 where it was cut off, 413 where it is too large, 503 where there is no room for it.
 */
export async function receiveTable({ raw }: Pick<FastifyRequest, 'raw'>, name: string): Promise<TableSource> {
  try {
    return await spooled(Readable.from(atMost(raw, maxBytes)), name)
  } catch (error) {
    if (raw.destroyed && !raw.readableEnded) throw refuse(400, message('tableCutOff'))
    const { code = '' } = error as NodeJS.ErrnoException
    throw /^(ENOSPC|EDQUOT|EMFILE|ENFILE)$/.test(code) ? refuse(503, message('tableNotKept')) : error
  }
}

/**
 * Works with the table that is the body of a request, and forgets it.
 * @throws ApiError as `receiveTable`, and 400 where it cannot be read as a table.
 */
export async function withTable<Result>(
  request: Pick<FastifyRequest, 'raw'>,
  { name, encoding }: { name: string; encoding?: string | undefined },
  work: (table: Table) => Promise<Result>,
): Promise<Result> {
  const source = await receiveTable(request, name)
  try {
    return await work(await openTable(source, { encoding }))
  } catch (error) {
    if (error instanceof UserError) throw refuse(400, message('tableUnreadable', { reason: error.message }))
    throw error
  } finally {
    await source.close()
  }
}

async function* atMost(stream: IncomingMessage, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes
  // Whoever sends too much is to read the answer: see drain-request-body.ts.
  for await (const piece of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    left -= piece.length
    if (left < 0) throw refuse(413, message('tableTooLarge', { mebibytes: bytes / 2 ** 20 }), { connection: 'close' })
    yield piece
  }
}
