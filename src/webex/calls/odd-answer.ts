/** What an answer is, in plain words, that is not the one that is documented. */
import { type Message, message } from '../../messages/message.ts'
import type { Called } from './calls.ts'

type Answer = Extract<Called, { kind: 'response' }>

/** Whether it is a redirect: never followed, because our token would go along. */
function isRedirect({ status }: Answer): boolean {
  return status >= 300 && status < 400
}

/** For a sentence such as "an unexpected answer about the people, a web page". */
export function describeOddAnswer(answer: Answer): Message {
  if (isRedirect(answer)) {
    return message('answerRedirect', { status: String(answer.status), to: redirectedTo(answer) })
  }
  if (answer.status !== 200) return message('responseStatus', { status: String(answer.status) })
  if (answer.json !== undefined) return message('responseMalformed')
  const isPage = /html/i.test(answer.headers.get('content-type') ?? '') || /^\s*</.test(answer.text)
  if (isPage) return message('answerPage')
  return answer.text.trim() === '' ? message('answerEmpty') : message('answerNoJson')
}

/** What to do about an answer that is always like this. */
export function adviseOnOddAnswer(answer: Answer): Message {
  if (isRedirect(answer)) return message('adviceRedirect')
  return message(answer.status === 200 && answer.json === undefined ? 'adviceProxy' : 'adviceUrl')
}

/** Where it leads, without path and query: those may hold secrets. */
function redirectedTo({ headers, url }: Answer): string {
  const location = headers.get('location') ?? ''
  return URL.canParse(location, url) ? new URL(location, url).origin : location.slice(0, 80)
}
