import { relative } from 'node:path'
import { demoSite } from '../../demo/people.ts'
import type { RateLimit } from '../../http/access/limits.ts'
import type { SignInLink } from '../../http/access/sign-in-link.ts'
import { type FirstToken, tokenFile } from '../../local/first-token.ts'
import { findSite } from '../../store/sites/sites.ts'
import type { Store } from '../../store/store.ts'
import { version } from '../../version.ts'

interface Banner {
  url: string
  store: Store
  folder: string
  token: FirstToken | undefined
  signInLink: SignInLink | undefined
  rateLimit: RateLimit
  /** The script of injected faults. */
  faults?: string | undefined
  /** Whether /_roomkey is there. */
  isForTests: boolean
  /** The file of the target as which it behaves. */
  profile?: string | undefined
  /** Whether machines elsewhere can reach it, and no proxy is named that could speak TLS with them. */
  isOpenWithoutTls: boolean
}

const withoutTls =
  'Other machines can reach this service, and it speaks no TLS: whoever is on the way can read tokens and links. Put a proxy with TLS in front, and name it with --trust-proxy.'

/** What runs where, how to sign in, and one command to try. The token itself is shown the first time only. */
export async function renderBanner({
  url,
  store,
  folder,
  token,
  signInLink,
  rateLimit,
  faults,
  isForTests,
  profile,
  isOpenWithoutTls,
}: Banner): Promise<string> {
  const file = nearest(tokenFile(folder))
  const works = token?.works === true
  const lines = [
    '',
    `  Roomkey ${version}`,
    '',
    `  service    ${url}`,
    `  console    ${signInLink ? `${url}/#sign-in=${signInLink.code}  (signs in once, within 15 minutes)` : url}`,
    `  reference  ${url}/docs`,
    `  database   ${nearest(store.place)}`,
    `  limit      ${rateLimit === null ? 'none' : `${rateLimit} calls a minute per token`}`,
    `  token      ${token?.made ? `${token.token}  (shown once, kept in ${file})` : works ? `in ${file}` : 'the one you have'}`,
    ...(token === undefined || !works
      ? []
      : [
          `  belongs to ${token.email ?? 'no person, so /v1/people/me is 404; others may: roomkey token create --email'}`,
        ]),
    ...[...(token?.notes ?? []), ...(isOpenWithoutTls ? [withoutTls] : [])].flatMap(note => ['', `  ! ${note}`]),
    ...(faults === undefined
      ? []
      : ['', `  !!! FAULTS ARE INJECTED ON PURPOSE, as ${faults} says. For tests only. !!!`]),
    ...(profile === undefined ? [] : ['', `  !!! IT BEHAVES AS THE TARGET OF ${profile}. For tests only. !!!`]),
    ...(isForTests
      ? ['', `  !!! ${url}/_roomkey LETS ANYONE WHO REACHES IT CHANGE AND RESET THIS SERVICE. For tests only. !!!`]
      : []),
    '',
  ]
  if ((await findSite(store.db, demoSite)) !== undefined)
    lines.push(
      '  Give three people of the demo site new IDs:',
      '',
      exampleCall(url, works ? `$(cat ${file})` : 'TOKEN'),
      '',
    )
  lines.push('  Stop with Ctrl-C.', '')
  return `${lines.join('\n')}\n`
}

function exampleCall(url: string, token: string): string {
  const body = {
    siteUrl: demoSite,
    personalMeetingRoomIds: [
      { email: 'john.andersen@example.com', personalMeetingRoomId: 'prABCD23670651' },
      { email: 'marcus.hoffmann@example.com', personalMeetingRoomId: 'prABCD99751428' },
      { email: 'brenda.song@example.com', personalMeetingRoomId: 'prABCD56290641' },
    ],
  }
  return [
    `curl -s ${url}/v1/admin/meetingPreferences/personalMeetingRoom/refreshId \\`,
    `  -H "Authorization: Bearer ${token}" -H "Content-Type: application/json" \\`,
    `  -d '${JSON.stringify(body)}'`,
  ].join('\n')
}

/** A path relative to here where that is shorter. */
function nearest(path: string): string {
  const near = relative(process.cwd(), path)
  return near.length < path.length && !near.startsWith('..') ? near : path
}
