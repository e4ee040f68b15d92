/** Reads a refusal in either language: Webex's own error body, or problem+json (RFC 9457) that names the offenders. */
import { isMessage, type MessageOrText, message } from '../../messages/message.ts'
import { render } from '../../messages/render.ts'
import { answers } from './answers.ts'

export interface Offender {
  /** Index from 0 in the order of the request. */
  item: number
  reason: MessageOrText
}

export interface Refusal {
  /** One line: in the target's words, or the message that they are where it speaks of one that we know. */
  reason: MessageOrText
  offenders: Offender[] | null
  /** The refusal is about the site as a whole, not about people or IDs. */
  site: boolean
}

export function readRefusal(json: unknown): Refusal {
  if (answers.problem.Check(json) && (json.title !== undefined || json.detail !== undefined)) {
    const errors = json.errors ?? []
    const offenders = errors.flatMap(({ detail, pointer, message }): Offender[] => {
      const item = /^#?\/personalMeetingRoomIds\/(\d+)/.exec(pointer ?? '')?.[1]
      return item === undefined
        ? []
        : [{ item: Number(item), reason: detail === undefined ? noReason : recognized(detail, message) }]
    })
    return {
      reason: oneLine(
        errors.map(({ detail, message }) => recognized(detail ?? '', message)),
        json.detail,
        json.title,
      ),
      offenders: offenders.length > 0 ? offenders : null,
      site: errors.some(({ pointer }) => /^#?\/siteUrl\b/.test(pointer ?? '')) || aboutSite(json.detail),
    }
  }
  if (answers.error.Check(json)) {
    const descriptions = (json.errors ?? []).map(error => recognized(error.description ?? ''))
    const reason = oneLine(descriptions, json.message)
    return { reason, offenders: null, site: descriptions.length > 0 && aboutSite(render(reason)) }
  }
  return { reason: noReason, offenders: null, site: false }
}

const noReason = message('noReasonGiven')
/** Webex's own words, by the published example. */
const published = message('idTaken')

/** The message that a target's text is, where it is in the very words in which we would say it; else the text. */
function recognized(text: string, data?: unknown): MessageOrText {
  const known = isMessage(data) ? data : published
  return render(known) === text ? known : text
}

/** The reasons of all errors, each once; one of them as it is, several as one text. */
function oneLine(reasons: MessageOrText[], ...others: (string | undefined)[]): MessageOrText {
  const texts = new Map(reasons.map(reason => [render(reason), reason]))
  texts.delete('')
  if (texts.size === 1) return [...texts.values()][0]!
  return [...texts.keys()].join(' ') || others.find(Boolean) || noReason
}

/** Webex distinguishes a missing site from a missing person only by the text of the message. */
function aboutSite(words: string | undefined): boolean {
  return /\bsite(url)?\b/i.test(words ?? '') && !/\b(user|person|people|email|room)\b/i.test(words ?? '')
}
