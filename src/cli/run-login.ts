/** Signs in and stores the tokens, readable only by this user. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exitCodes, UserError } from '../errors.ts'
import { makeFolder } from '../files/make-folder.ts'
import { dataFolder } from '../local/data-folder.ts'
import { systemClock } from '../webex/calls/clock.ts'
import { TargetError } from '../webex/calls/target-error.ts'
import { awaitDeviceSignIn, beginDeviceSignIn } from '../webex/sign-in/device-sign-in.ts'
import { signInAsServiceApp } from '../webex/sign-in/service-app.ts'
import { beginSignIn, redeemCode, type SignInApp } from '../webex/sign-in/sign-in.ts'
import type { SignedIn } from '../webex/sign-in/token-source.ts'
import { connectionTo, targetUrl } from './options/target-tokens.ts'

export interface LoginOptions {
  device?: true | undefined
  serviceApp?: string | undefined
  organization?: string | undefined
  port: string
  target?: string | undefined
  data?: string | undefined
}

/** How long the browser may take. */
const maxWaitMs = 5 * 60_000

export async function runLogin(options: LoginOptions): Promise<void> {
  const url = targetUrl(options)
  const app: SignInApp = {
    baseUrl: url,
    clientId: fromEnvironment('WEBEX_CLIENT_ID'),
    clientSecret: fromEnvironment('WEBEX_CLIENT_SECRET'),
  }
  makeFolder(dataFolder(options.data))
  try {
    const signedIn = await signIn(app, options)
    await connectionTo(url, options).keep(app, signedIn)
    const until = new Date(signedIn.refreshExpiresAt).toISOString().slice(0, 10)
    process.stdout.write(`Signed in to ${new URL(url).host}; the sign-in renews itself until ${until}.\n`)
  } catch (error) {
    if (error instanceof TargetError) throw new UserError(error.message, exitCodes.targetRefused)
    throw error
  }
}

function signIn(app: SignInApp, { serviceApp, organization, device, port }: LoginOptions): Promise<SignedIn> {
  if (serviceApp === undefined) return device ? byDevice(app) : byBrowser(app, Number(port))
  if (organization === undefined)
    throw new UserError('Give the organization that has authorized the app with --organization.')
  const owner = {
    applicationId: serviceApp,
    organizationId: organization,
    ownerToken: fromEnvironment('WEBEX_APP_TOKEN'),
  }
  return signInAsServiceApp(fetch, app, owner, Date.now())
}

async function byDevice(app: SignInApp): Promise<SignedIn> {
  const device = await beginDeviceSignIn(fetch, app, Date.now())
  process.stdout.write(`Open ${device.verificationUri} and enter ${device.userCode}.\n`)
  return awaitDeviceSignIn(fetch, app, device, systemClock)
}

async function byBrowser(app: SignInApp, port: number): Promise<SignedIn> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(new UserError(`Port ${port} is in use; give another one with --port.`)))
    server.listen(port, '127.0.0.1', resolve)
  })
  try {
    const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`
    const { state, verifier, url } = beginSignIn(app, redirectUri)
    process.stdout.write(`Open this in your browser:\n\n  ${url}\n\n`)
    const code = await awaitCode(server, state)
    return await redeemCode(fetch, app, { code, verifier, redirectUri }, Date.now())
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

/** The code that the browser brings back; a request without the right state is not part of this sign-in. */
function awaitCode(server: ReturnType<typeof createServer>, state: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const tooLong = setTimeout(
      () => reject(new UserError('Nobody signed in within five minutes; run roomkey login again.', exitCodes.stopped)),
      maxWaitMs,
    )
    server.on('request', (request, response) => {
      const query = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams
      const code = query.get('code')
      const expectedState = query.get('state') === state
      response.writeHead(expectedState ? 200 : 400, {
        'content-type': 'text/plain; charset=utf-8',
        connection: 'close',
      })
      response.end(
        expectedState && code !== null
          ? 'Signed in. You may close this page.'
          : 'This is not the sign-in that Roomkey is waiting for.',
      )
      if (!expectedState) return
      clearTimeout(tooLong)
      if (code !== null) resolve(code)
      else reject(new UserError('The sign-in was declined; run roomkey login again.', exitCodes.targetRefused))
    })
  })
}

function fromEnvironment(name: string): string {
  const value = process.env[name]
  if (value) return value
  throw new UserError(
    `Put the integration's ${name} into the environment (it is on developer.webex.com), then run roomkey login again.`,
  )
}
