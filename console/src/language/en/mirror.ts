/** Sites of Webex that are read into a mirror. */
export const mirror = {
  title: 'Reading of this site',
  of: (host: string) => `Mirror of ${host}`,
  reading: 'being read',
  waiting: 'waiting to be read',
  stopped: 'reading stopped',
  listing: (people: string) => `Reading the list of people: ${people} so far.`,
  readOf: (read: string, rooms: string) => `${read} of ${rooms} rooms read`,
  pace: (perMinute: string, left: string) => `${perMinute} rooms a minute, about ${left} left`,
  stop: 'Stop reading',
  start: 'Read on',
  shrunk: (missing: string, known: string) =>
    `The list of people lacks ${missing} of the ${known} that were known, or their rooms. Nobody was removed. Is the list right?`,
  acceptShrink: 'It is right, remove them',
  unread: (reason: string | null) => (reason === null ? 'Not read yet' : `Could not be read: ${reason}`),
  readAt: (time: string) => `Read ${time}.`,
  sinceUnknown: 'Nobody knows since when: it was there when this room was first read.',
  rulesElsewhere: 'How new IDs are made, and who may choose one, is set in Control Hub.',
  sitesTitle: 'Your sites on Webex',
  sitesAbout:
    'Roomkey reads the people and rooms of a site, and goes on. It changes nothing until you start a rotation.',
  asking: 'Asking Webex for your sites…',
  noSites: 'Webex names no site for this connection.',
  read: 'Read this site',
  beingRead: 'In Roomkey',
}
