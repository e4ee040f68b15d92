import { UserError } from '../../errors.ts'
import { normalBaseUrl } from '../../webex/calls/calls.ts'

/** The base URL of Webex's API; WEBEX_URL names another, such as that of Webex for Government. @throws UserError */
export function webexUrl(): string {
  const named = process.env.WEBEX_URL || 'https://webexapis.com/v1'
  try {
    return normalBaseUrl(named)
  } catch {
    throw new UserError(`WEBEX_URL is not a URL (${JSON.stringify(named)}); give one such as https://webexapis.com/v1.`)
  }
}

export function isWebex(url: string): boolean {
  return new URL(url).origin === new URL(webexUrl()).origin
}
