/** Writes the hosts' messages into a folder, or sends them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { exitCodes, UserError } from '../../errors.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { writePrivateFile } from '../../files/private-file.ts'
import { hostEmailTemplates, type Language } from '../../rotations/afterwards/host-email-templates.ts'
import {
  emailTemplateFault,
  type HostEmail,
  HostEmailNotSent,
  hostEmailsToSend,
  type SendHostEmail,
  sendHostEmails,
  type Withheld,
} from '../../rotations/afterwards/host-emails.ts'
import { keyOf } from '../../rotations/lifecycle.ts'
import type { Rotation } from '../../store/rotations/rotations.ts'
import type { Store } from '../../store/store.ts'

export interface HostEmailOptions {
  letters?: string | undefined
  language: string
  template?: string | undefined
  send?: true | undefined
  from?: string | undefined
}

export async function notifyHosts(store: Store, rotation: Rotation, options: HostEmailOptions): Promise<void> {
  const templates = readTemplates(options)
  const key = keyOf(rotation)
  if (options.letters !== undefined) {
    const folder = options.letters
    makeFolder(folder)
    const from = options.from ?? `no-reply@${rotation.site_url}`
    let written = 0
    const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
    const withheld = { notReadBack: 0, otherAddress: 0 }
    const withhold = (why: Withheld) => {
      withheld[why] += 1
    }
    for await (const letter of hostEmailsToSend(store, key, templates, withhold)) {
      const { message } = await composer.sendMail(mailOf(letter, from))
      writePrivateFile(join(folder, fileNameOf(letter)), message as Buffer)
      written += 1
    }
    process.stdout.write(`${written} messages are in ${folder}.\n`)
    sayWithheld(withheld, rotation)
  }
  if (options.send) await sendAll(store, rotation, templates, options.from)
}

/** No longer than a file system takes: an address may have 254 characters. */
function fileNameOf({ number, to }: HostEmail): string {
  return `${number}-${to.replace(/[^A-Za-z0-9@._-]/g, '_').slice(0, 200)}.eml`
}

async function sendAll(store: Store, rotation: Rotation, templates: string[], from: string | undefined): Promise<void> {
  const url = process.env.ROOMKEY_SMTP_URL
  if (!url)
    throw new UserError('Put the mail server into ROOMKEY_SMTP_URL, e.g. smtps://user:password@mail.example.com.')
  if (from === undefined) throw new UserError('Say who sends the messages with --from ADDRESS.')
  const transport = createTransport(url, { pool: true } as never)
  const send: SendHostEmail = async letter => {
    try {
      await transport.sendMail(mailOf(letter, from))
    } catch (error) {
      const { command, message } = error as { command?: string; message: string }
      // Until the text has been sent to the mail server, nobody can have received it.
      const handedOver = command === undefined || command === 'DATA'
      throw handedOver ? new Error(message) : new HostEmailNotSent(message)
    }
  }
  const { sent, before, failed, withheld } = await sendHostEmails(store, keyOf(rotation), templates, send)
  transport.close()
  process.stdout.write(`${sent} messages were sent, ${before} had been sent before, ${failed.length} failed.\n`)
  sayWithheld(withheld, rotation)
  for (const { to, why } of failed.slice(0, 20)) process.stdout.write(`  ${to}: ${why}\n`)
  if (failed.length > 0) process.exitCode = exitCodes.refusedItems
}

function sayWithheld({ notReadBack, otherAddress }: Record<Withheld, number>, { rotation }: Rotation): void {
  if (notReadBack > 0) {
    process.stdout.write(
      `${notReadBack} hosts get none yet: their new link has not been read back; run roomkey verify ${rotation} first.\n`,
    )
  }
  if (otherAddress > 0) process.stdout.write(`${otherAddress} hosts get none: their e-mail address has changed.\n`)
}

function mailOf({ to, subject, text }: HostEmail, from: string) {
  return { from, to: { name: '', address: to }, subject, text }
}

function readTemplates({ language, template }: HostEmailOptions): string[] {
  if (template !== undefined) {
    let own: string
    try {
      own = readFileSync(template, 'utf8')
    } catch {
      throw new UserError(`Cannot read ${template}; check its name.`)
    }
    const fault = emailTemplateFault(own)
    if (fault !== undefined) throw new UserError(fault)
    return [own]
  }
  return language.split(',').map(code => {
    const text = hostEmailTemplates[code.trim() as Language]
    if (text === undefined)
      throw new UserError(`There is no message in ${JSON.stringify(code)}; use en, de, fr, es or --template.`)
    return text
  })
}
