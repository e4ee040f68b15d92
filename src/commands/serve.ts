import { join } from 'node:path'
import { Option } from '@commander-js/extra-typings'
import { destination, pino } from 'pino'
import { buildServer } from '../api/server.ts'
import { fillDemoSite } from '../demo/fill-site.ts'
import { dataFolder, makeDataFolder } from '../local/data-folder.ts'
import { ensureFirstToken } from '../local/first-token.ts'
import { announceService } from '../local/running-service.ts'
import { openStore } from '../store/open-store.ts'
import { UserError } from '../user-error.ts'
import { renderBanner } from './banner.ts'
import type { Command } from './command.ts'
import { rateLimit, wholeNumber } from './options.ts'

export const serve: Command = {
  name: 'serve',
  description: 'Run the service',
  setUp(command) {
    command
      .addOption(new Option('--host <address>', 'address to listen on').env('HOST').default('127.0.0.1'))
      .addOption(
        new Option('--port <number>', 'port to listen on, 0 for any free one')
          .env('PORT')
          .argParser(wholeNumber(0, 65535))
          .default(8787),
      )
      .addOption(new Option('--data <folder>', 'folder for the database and the first token').env('ROOMKEY_DATA'))
      .addOption(
        new Option('--database <url>', 'sqlite:PATH (default: roomkey.sqlite in the data folder)').env('DATABASE_URL'),
      )
      .addOption(
        new Option('--rate-limit <n>', 'calls a minute per token, or off')
          .env('ROOMKEY_RATE_LIMIT')
          .argParser(rateLimit)
          .default(600),
      )
      .option('--demo <people>', 'make the demo site example.webex.com with so many people', wholeNumber(3, 10_000_000))
      .addOption(
        new Option('--log <level>', 'what goes to the log, as JSON lines on standard error')
          .choices(['info', 'warn', 'error', 'silent'])
          .env('ROOMKEY_LOG')
          .default(process.stderr.isTTY ? 'warn' : 'info'),
      )
      .action(run)
  },
}

interface ServeOptions {
  host: string
  port: number
  data?: string | undefined
  database?: string | undefined
  rateLimit: number | null
  demo?: number | undefined
  log: string
}

async function run(options: ServeOptions): Promise<void> {
  const folder = dataFolder(options.data)
  preparing(folder)
  const store = await openStore(options.database ?? `sqlite:${join(folder, 'roomkey.sqlite')}`)
  try {
    const token = await ensureFirstToken(store, folder, process.env.ROOMKEY_ADMIN_TOKEN)
    if (options.demo !== undefined) await fillDemoSite(store, options.demo, Date.now())
    const logger = pino(
      { level: options.log, redact: ['req.headers.authorization'] },
      destination({ fd: 2, sync: false }),
    )
    const app = await buildServer({ store, rateLimit: options.rateLimit, logger })
    const url = await listen(app, options)
    const withdraw = announceService(folder, url)
    process.stdout.write(await renderBanner({ url, store, folder, token, rateLimit: options.rateLimit }))

    await stopSignal()
    withdraw()
    await app.close()
  } finally {
    await store.close()
  }
}

function preparing(folder: string): void {
  try {
    makeDataFolder(folder)
  } catch {
    throw new UserError(`Cannot make the folder ${folder}; give one that you may write to with --data.`)
  }
}

async function listen(app: Awaited<ReturnType<typeof buildServer>>, { host, port }: ServeOptions): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new UserError(`Port ${port} is in use; give another one with --port, or stop what uses it.`)
    if (code === 'EACCES')
      throw new UserError(`Port ${port} needs more rights than you have; give one above 1023 with --port.`)
    throw new UserError(`Cannot listen on ${host}:${port}: ${message}; check --host and --port.`)
  }
}

/** Resolves when the process is asked to stop; the second time it is asked, it stops at once. */
function stopSignal(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
