/** Runs the service until it is asked to stop. */
import { join } from 'node:path'
import { destination, pino } from 'pino'
import { fillDemoSite } from '../../demo/fill-site.ts'
import { demoAdministrator } from '../../demo/people.ts'
import { exitCodes, UserError } from '../../errors.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { SignInLink } from '../../http/access/sign-in-link.ts'
import type { App } from '../../http/app.ts'
import { dataFolder } from '../../local/data-folder.ts'
import { ensureFirstToken } from '../../local/first-token.ts'
import { newSecret, noteService } from '../../local/running-service.ts'
import { render } from '../../messages/render.ts'
import { systemFailure } from '../../messages/system-failure.ts'
import { openStore } from '../../store/open-store.ts'
import { systemClock } from '../../webex/calls/clock.ts'
import { readFaultsFile } from '../options/faults-file.ts'
import { connectionTo, targetTokens } from '../options/target-tokens.ts'
import { webexUrl } from '../options/webex-url.ts'
import { endInTime } from '../output/end-in-time.ts'
import { renderBanner } from './banner.ts'
import { openForTests } from './open-for-tests.ts'

export interface ServeOptions {
  host: string
  port: number
  data?: string | undefined
  database?: string | undefined
  rateLimit: number | 'off'
  trustProxy?: string | undefined
  cors?: string[] | undefined
  demo?: number | undefined
  allowPrivateWebhooks?: true | undefined
  faults?: string | undefined
  testEndpoints?: true | undefined
  seed?: string | undefined
  profile?: string | undefined
  syncShare: number
  log: string
}

export async function runService(options: ServeOptions): Promise<void> {
  const folder = dataFolder(options.data)
  const rateLimit = options.rateLimit === 'off' ? null : options.rateLimit
  const script = options.faults === undefined ? undefined : await readFaultsFile(options.faults)
  preparing(folder)
  // The database opens in its own thread while this one loads the server: that saves a third of the start-up time.
  const tests = await openForTests(options)
  const opening = tests?.store ?? openStore(options.database ?? `sqlite:${join(folder, 'roomkey.sqlite')}`)
  const [store, { buildServer }] = await Promise.all([opening, import('../../http/server.ts')])
  try {
    const owner = options.demo === undefined ? null : demoAdministrator
    const token = await ensureFirstToken(store, folder, process.env.ROOMKEY_ADMIN_TOKEN, owner)
    if (options.demo !== undefined) await fillDemoSite(store, options.demo, Date.now())
    await tests?.fill()
    const logger = pino(
      { level: options.log, redact: ['req.headers.authorization'] },
      destination({ fd: 2, sync: false }),
    )
    const secret = newSecret()
    const signInLink = token?.works ? new SignInLink(token.token, Date.now()) : undefined
    const app = await buildServer({
      store,
      rateLimit,
      webhookSettings: { allowPrivate: options.allowPrivateWebhooks === true || tests !== undefined },
      logger,
      ...(options.trustProxy === undefined ? {} : { trustProxy: options.trustProxy }),
      ...(options.cors === undefined ? {} : { origins: options.cors }),
      ...(script === undefined ? {} : { faults: { script, environment: systemClock } }),
      ...(signInLink && { signInLink }),
      ...(tests && { clock: tests.control.clock, control: tests.control }),
      webex: connectionTo(webexUrl(), options),
      tokenFor: target => targetTokens(target, options),
      ...(options.syncShare === 0 ? {} : { syncShare: options.syncShare / 100 }),
      secret,
    })
    try {
      const url = await listen(app, options)
      const removeNote = noteService(folder, url, secret)
      process.stdout.write(
        await renderBanner({
          url,
          store,
          folder,
          token,
          signInLink,
          rateLimit,
          faults: options.faults,
          isForTests: tests !== undefined,
          profile: options.profile,
          isOpenWithoutTls: options.trustProxy === undefined && !isThisMachine(app),
        }),
      )
      await stopSignal()
      endInTime(exitCodes.done)
      removeNote()
      await app.stopRotations()
    } finally {
      // Closed before the store, and on every error: nobody must get an answer from a service without a database.
      await app.close()
    }
  } finally {
    await store.close()
  }
}

function preparing(folder: string): void {
  try {
    makeFolder(folder)
  } catch (error) {
    const failure = systemFailure(error)
    if (failure === undefined) throw error
    throw new UserError(
      `Cannot make the folder ${folder}: ${render(failure.why)}; give one that you may write to with --data.`,
    )
  }
}

async function listen(app: App, { host, port }: ServeOptions): Promise<string> {
  try {
    return await app.listen({ host, port })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const failure = systemFailure(error)
    if (code === 'EADDRINUSE')
      throw new UserError(`Port ${port} is in use; give another one with --port, or stop what uses it.`)
    if (code === 'EACCES')
      throw new UserError(`Port ${port} needs more rights than you have; give one above 1023 with --port.`)
    const why = failure === undefined ? message : render(failure.why)
    throw new UserError(`Cannot listen on ${host}:${port}: ${why}; check --host and --port.`)
  }
}

/** Whether it listens where only processes of this machine reach it. */
function isThisMachine(app: App): boolean {
  const address = app.server.address()
  return typeof address !== 'object' || address === null || /^(127\.|::1$|::ffff:127\.)/.test(address.address)
}

/** Resolves when the process is asked to stop; asked again, it stops immediately. */
function stopSignal(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}
