import { randomUUID } from 'node:crypto'

/** Makes a person ID for somebody who comes without one, in the form that Webex's usually have. */
export function newPersonId(): string {
  return Buffer.from(`ciscospark://us/PEOPLE/${randomUUID()}`).toString('base64url')
}
