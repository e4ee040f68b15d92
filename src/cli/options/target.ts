import { exitCodes, UserError } from '../../errors.ts'
import { readIfThere } from '../../files/private-file.ts'
import { dataFolder } from '../../local/data-folder.ts'
import { tokenFile } from '../../local/first-token.ts'
import { killedServices, runningService } from '../../local/running-service.ts'
import { staticToken, type TokenSource } from '../../webex/sign-in/token-source.ts'
import { provenToken } from './proven-token.ts'
import { isWebex, webexUrl } from './webex-url.ts'

export interface Place {
  data?: string | undefined
  /** What the user named as the target of this very command. */
  target?: string | undefined
}

/** The URL that an option names: `webex`, a URL, or, where it is left out, the service of the data folder. */
export function urlOf({ target, data }: Place): string {
  if (target !== undefined) return target === 'webex' ? webexUrl() : target
  const service = runningService(dataFolder(data))
  if (service === undefined) throw noService(dataFolder(data))
  return service.url
}

/**
 * The token for an API that understands Webex's calls. It comes from the environment or, for the service of the data
 * folder alone, from that folder: the administrator's token of one service is never sent to another, and that service
 * gets none before it has proved that it is the one.
 *
 * @throws UserError where there is none.
 */
export function tokenFor(url: string, { data, target }: Place): TokenSource {
  if (isWebex(url)) return staticToken(fromEnvironment('WEBEX_ACCESS_TOKEN', url))
  const folder = dataFolder(data)
  const service = runningService(folder)
  const given = process.env.ROOMKEY_TOKEN || undefined
  if (service !== undefined && isSameOrigin(url, service.url)) {
    const kept = readIfThere(tokenFile(folder))?.trim()
    return provenToken(given ?? kept ?? fromEnvironment('ROOMKEY_TOKEN', url), url, service.secret)
  }
  const wasHere = killedServices(folder).some(killed => isSameOrigin(url, killed.url))
  if (isThisMachine(url) && (given === undefined ? service === undefined : wasHere && target === undefined)) {
    throw noService(folder)
  }
  return staticToken(fromEnvironment('ROOMKEY_TOKEN', url))
}

/** `0.0.0.0` and `localhost` are not told apart from `127.0.0.1`: the proof decides. */
function isSameOrigin(one: string, other: string): boolean {
  return (
    new URL(one).port === new URL(other).port && (isThisMachine(one) || new URL(one).origin === new URL(other).origin)
  )
}

function isThisMachine(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)
}

function noService(folder: string): UserError {
  return new UserError(
    `No service of the data folder ${folder} is running; start it with roomkey serve, name its folder with --data, or another service with --target and its token in ROOMKEY_TOKEN.`,
    exitCodes.targetRefused,
  )
}

function fromEnvironment(name: string, url: string): string {
  const token = process.env[name]
  if (token !== undefined && token !== '') return token
  throw new UserError(
    `There is no token for ${url}; put one into the environment variable ${name}.`,
    exitCodes.targetRefused,
  )
}
