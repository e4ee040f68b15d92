/** Reads a refusal in either language: Webex's own error body, or problem+json (RFC 9457) that names the offenders. */
import { answers } from './answers.ts'

export interface Offender {
  /** Index from 0 in the order of the request. */
  item: number
  reason: string
}

export interface Refusal {
  /** One line, in the target's words. */
  reason: string
  offenders: Offender[] | null
  /** The refusal is about the site as a whole, not about people or IDs. */
  site: boolean
}

export function readRefusal(json: unknown): Refusal {
  if (answers.problem.Check(json) && (json.title !== undefined || json.detail !== undefined)) {
    const errors = json.errors ?? []
    const offenders = errors.flatMap(({ detail, pointer }): Offender[] => {
      const item = /^#?\/personalMeetingRoomIds\/(\d+)/.exec(pointer ?? '')?.[1]
      return item === undefined ? [] : [{ item: Number(item), reason: detail ?? 'refused' }]
    })
    return {
      reason: distinct(errors.map(error => error.detail)) || json.detail || json.title || 'no reason given',
      offenders: offenders.length > 0 ? offenders : null,
      site: errors.some(({ pointer }) => /^#?\/siteUrl\b/.test(pointer ?? '')) || aboutSite(json.detail),
    }
  }
  if (answers.error.Check(json)) {
    const descriptions = distinct((json.errors ?? []).map(error => error.description))
    return { reason: descriptions || json.message || 'no reason given', offenders: null, site: aboutSite(descriptions) }
  }
  return { reason: 'no reason given', offenders: null, site: false }
}

function distinct(reasons: (string | undefined)[]): string {
  return [...new Set(reasons.filter(reason => reason !== undefined && reason !== ''))].join(' ')
}

/** Webex distinguishes a missing site from a missing person only by the text of the message. */
function aboutSite(words: string | undefined): boolean {
  return /\bsite(url)?\b/i.test(words ?? '') && !/\b(user|person|people|email|room)\b/i.test(words ?? '')
}
