/**
 * What else Webex has under `/v1`, by the first part of the path, as developer.webex.com lists it. A client that calls one
 * of these has not mistyped a path: it is told that the stand-in does not have it.
 */
const others = new Set(
  `access_token admin adminAudit analytics applications attachment authorize broadworks calling classifications
   convergedRecordings device devices events groups guests identity licenses locations meetingInvitees meetingMessages
   meetingParticipants meetingQualities meetingTranscripts memberships messages numbers
   organizations recordingReport recordings report resourceGroups roles rooms securityAuditEvents teams telephony
   video wholesale workspaceLocations workspaces xapi`
    .split(/\s+/)
    .map(name => name.toLowerCase()),
)

const methods = new Set(['DELETE', 'GET', 'PATCH', 'POST', 'PUT'])

/** Whether a path that no route has is, or begins like, a call of Webex. */
export function isOtherWebexCall(method: string, path: string): boolean {
  if (!methods.has(method)) return false
  const name = /^\/v1\/([^/?]+)/.exec(path)?.[1]
  return name !== undefined && others.has(name.toLowerCase())
}
