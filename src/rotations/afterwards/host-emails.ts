/** One e-mail per host whose link has changed. */
import { roomLink, roomSipAddress } from '../../rooms/room-id.ts'
import type { RotationKey } from '../../store/rotations/journal.ts'
import { eachItem, getRotation, type RotationItem } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'
import { emailTemplateFields } from './host-email-templates.ts'

export interface HostEmail {
  number: number
  to: string
  subject: string
  text: string
}

/** Says what is wrong with a template, or nothing. */
export function emailTemplateFault(template: string): string | undefined {
  const unknown = [...template.matchAll(/\{(\w*)\}/g)].find(
    ([, name]) => !emailTemplateFields.some(field => field === name),
  )
  if (unknown !== undefined) return `The template has no field ${unknown[0]}; use {${emailTemplateFields.join('} {')}}.`
  return template.trim().includes('\n')
    ? undefined
    : 'The template needs a first line as the subject, and a text below it.'
}

/** Fills the templates in, one language below the other; the first one gives the subject. */
export function writeHostEmail(item: RotationItem, siteUrl: string, templates: readonly string[]): HostEmail {
  const fields: Record<(typeof emailTemplateFields)[number], string> = {
    name: item.name || item.email,
    email: item.email,
    site: siteUrl,
    oldLink: item.old_id === null ? '' : roomLink(siteUrl, item.old_id),
    newLink: roomLink(siteUrl, item.settled_id ?? ''),
    sipAddress: roomSipAddress(siteUrl, item.settled_id ?? ''),
  }
  // A name may hold anything; in a header a line break would begin another header.
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (whole, name: keyof typeof fields) => fields[name]?.replace(/[\r\n]+/g, ' ') ?? whole)
  const texts = templates.map(template => fill(template.slice(template.indexOf('\n') + 1)).trim())
  const subject = fill(templates[0]!.slice(0, templates[0]!.indexOf('\n'))).trim()
  return { number: item.number, to: item.email, subject, text: `${texts.join('\n\n— — —\n\n')}\n` }
}

/** Why a host whose link may have changed gets no e-mail: the new link was not seen there, or the address has changed. */
export type Withheld = 'notReadBack' | 'otherAddress'

/** The e-mails of all hosts whose new link has been read back (verify.ts). Others are told of to `onWithheld`. */
export async function* hostEmailsToSend(
  store: Store,
  key: RotationKey,
  templates: readonly string[],
  onWithheld: (why: Withheld, item: RotationItem) => void = () => undefined,
): AsyncGenerator<HostEmail> {
  const { site_url } = await getRotation(store.db, key)
  for await (const items of eachItem(store.db, key)) {
    for (const item of items) {
      const mayHaveChanged = item.kind === 'move' && (item.state === 'done' || item.verified !== null)
      if (!mayHaveChanged || item.settled_id === item.old_id) continue
      if (item.verified !== 'changed') onWithheld('notReadBack', item)
      else if (item.letter === 'otherAddress') onWithheld('otherAddress', item)
      else yield writeHostEmail(item, site_url, templates)
    }
  }
}

/** Sends one e-mail. @throws HostEmailNotSent when it certainly did not go; anything else leaves that open. */
export type SendHostEmail = (letter: HostEmail) => Promise<void>

export class HostEmailNotSent extends Error {
  override name = 'HostEmailNotSent'
}

export interface Sent {
  sent: number
  /** Went out, or were going out, when it was run before. */
  before: number
  failed: { to: string; why: string }[]
  /** Hosts who get none, for each reason. */
  withheld: Record<Withheld, number>
}

/**
 * Sends every e-mail at most once, also when it is run again: that one is being sent is recorded before it goes.
 * A failure in between leaves it so where nobody knows whether it arrived.
 */
export async function sendHostEmails(
  store: Store,
  key: RotationKey,
  templates: readonly string[],
  send: SendHostEmail,
): Promise<Sent> {
  const result: Sent = { sent: 0, before: 0, failed: [], withheld: { notReadBack: 0, otherAddress: 0 } }
  const withhold = (why: Withheld) => {
    result.withheld[why] += 1
  }
  for await (const letter of hostEmailsToSend(store, key, templates, withhold)) {
    const { number } = letter
    if (!(await store.write('markHostEmail', { ...key, number, letter: 'sending' }))) {
      result.before += 1
      continue
    }
    try {
      await send(letter)
    } catch (error) {
      if (error instanceof HostEmailNotSent) await store.write('markHostEmail', { ...key, number, letter: 'written' })
      result.failed.push({ to: letter.to, why: error instanceof Error ? error.message : String(error) })
      continue
    }
    await store.write('markHostEmail', { ...key, number, letter: 'sent' })
    result.sent += 1
  }
  return result
}
