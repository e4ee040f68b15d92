import type { mirror as english } from '../en/mirror.ts'

export const mirror: typeof english = {
  title: 'Stand dieser Site',
  of: host => `Abbild von ${host}`,
  reading: 'wird gelesen',
  waiting: 'wartet darauf, gelesen zu werden',
  stopped: 'wird nicht gelesen',
  listing: people => `Die Liste der Personen wird gelesen: bisher ${people}.`,
  readOf: (read, rooms) => `${read} von ${rooms} Räumen gelesen`,
  pace: (perMinute, left) => `${perMinute} Räume pro Minute, noch etwa ${left}`,
  stop: 'Lesen anhalten',
  start: 'Weiterlesen',
  shrunk: (missing, known) =>
    `In der Liste fehlen ${missing} der ${known} bekannten Personen oder deren Räume. Niemand wurde entfernt. Stimmt die Liste?`,
  acceptShrink: 'Sie stimmt, entfernen',
  unread: reason => (reason === null ? 'Noch nicht gelesen' : `Nicht lesbar: ${reason}`),
  readAt: time => `Gelesen ${time}.`,
  sinceUnknown: 'Seit wann, ist nicht bekannt: Sie war beim ersten Lesen schon da.',
  rulesElsewhere: 'Wie neue IDs entstehen und wer sie wählen darf, wird im Control Hub eingestellt.',
  sitesTitle: 'Ihre Sites bei Webex',
  sitesAbout:
    'Roomkey liest die Personen und Räume einer Site und liest fortlaufend weiter. Es ändert nichts, bevor Sie eine Rotation starten.',
  asking: 'Webex wird nach Ihren Sites gefragt …',
  noSites: 'Webex nennt für diese Verbindung keine Site.',
  read: 'Diese Site lesen',
  beingRead: 'In Roomkey',
}
