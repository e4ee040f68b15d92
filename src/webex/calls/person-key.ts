/**
 * By what person IDs are compared. Webex writes the same one as `ciscospark://us/PEOPLE/<uuid>` in base64url, which is
 * what its list of people gives, and in places as the bare UUID; whatever else it is stays as it is.
 */
export function personKey(personId: string): string {
  const text = Buffer.from(personId, 'base64url').toString('latin1')
  const uuid = /^ciscospark:\/\/[^/]+\/PEOPLE\/([\w-]+)$/i.exec(text)?.[1]
  return uuid?.toLowerCase() ?? (/^[0-9a-f-]{36}$/i.test(personId) ? personId.toLowerCase() : personId)
}
