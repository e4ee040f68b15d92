import { exitCodes, UserError } from '../../errors.ts'
import { readIfThere } from '../../files/private-file.ts'
import { dataFolder } from '../../local/data-folder.ts'
import { tokenFile } from '../../local/first-token.ts'
import { localServiceUrl } from '../../local/running-service.ts'
import { isWebex, webexUrl } from './webex-url.ts'

/** An API that understands Webex's calls, and the token to call it with. */
export interface Target {
  url: string
  token: string
}

/**
 * The target that the options name: the service on this machine, `webex`, or a URL. Tokens come from the environment
 * or, for the service on this machine alone, from its data folder: the administrator's token of one service is never
 * sent to another.
 */
export function targetOf({ target, data }: { target?: string | undefined; data?: string | undefined }): Target {
  const folder = dataFolder(data)
  const local = localServiceUrl(folder)
  const url = target === undefined ? local : target === 'webex' ? webexUrl() : target

  if (isWebex(url)) return { url, token: fromEnvironment('WEBEX_ACCESS_TOKEN', url) }
  const kept = new URL(url).origin === new URL(local).origin ? readIfThere(tokenFile(folder))?.trim() : undefined
  return { url, token: process.env.ROOMKEY_TOKEN ?? kept ?? fromEnvironment('ROOMKEY_TOKEN', url) }
}

function fromEnvironment(name: string, url: string): string {
  const token = process.env[name]
  if (token !== undefined && token !== '') return token
  throw new UserError(
    `There is no token for ${url}; put one into the environment variable ${name}.`,
    exitCodes.targetRefused,
  )
}
