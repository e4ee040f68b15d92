/** The published example of the operation: the request, the answer, and the answer to a conflict. */
export const publishedRequest = {
  siteUrl: 'example.webex.com',
  personalMeetingRoomIds: [
    { email: 'john.andersen@example.com', personalMeetingRoomId: 'prABCD23670651' },
    { email: 'marcus.hoffmann@example.com', personalMeetingRoomId: 'prABCD99751428' },
    { email: 'brenda.song@example.com', personalMeetingRoomId: 'prABCD56290641' },
  ],
}

export const publishedAnswer = {
  siteUrl: 'example.webex.com',
  personalMeetingRoomIds: [
    {
      email: 'john.andersen@example.com',
      personId: 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS83MTZlOWQxYy1jYTQ0LTRmZ',
      personalMeetingRoomId: 'prABCD23670651',
    },
    {
      email: 'marcus.hoffmann@example.com',
      personId: 'sdfeY28890KLFHzovL3VzL1BFT1BMRS83MTZlOWQxYy1jYTQ0LTRmZ',
      personalMeetingRoomId: 'prABCD99751428',
    },
    {
      email: 'brenda.song@example.com',
      personId: 'FYG98gxYy1AYOP086VMLOUYTTCCN0IYTAio2uydbzlkyjYTQ0LTRmZ',
      personalMeetingRoomId: 'prABCD56290641',
    },
  ],
}

export const publishedConflict = {
  message: "The request could not be understood by the server due to malformed syntax. See 'errors' for more details.",
  errors: [{ description: 'Personal meeting room ID is being used by someone else.' }],
}

export const publishedContentType = 'application/json;charset=UTF-8'
