import { randomUUID } from 'node:crypto'

/** An ID for somebody who brings none, in the form that Webex's usually have. */
export function newPersonId(): string {
  return Buffer.from(`ciscospark://us/PEOPLE/${randomUUID()}`).toString('base64url')
}
