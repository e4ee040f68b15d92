import { counted } from '../counted.ts'
import type { people as english } from '../en/people.ts'

export const people: typeof english = {
  empty:
    'Räume erscheinen hier, sobald die Site Personen hat. Wählen Sie einen CSV-Export Ihres Verzeichnisses, oder ziehen Sie ihn irgendwo auf diese Seite. Sie sehen, was darin steht, bevor jemand hinzugefügt wird.',
  emptyMirrored: 'Personen und Räume erscheinen hier, während sie aus Webex gelesen werden.',
  chooseFile: 'Datei wählen',
  addPeople: 'Personen aus Datei hinzufügen',
  dropHere: 'Datei ablegen, um zu sehen, wen sie hinzufügen würde',
  dropEither: 'Datei ablegen, um ihre Personen hinzuzufügen oder eine Rotation für sie zu planen',
  whichTitle: file => `Wozu dient ${file}?`,
  which: 'Nichts wird hinzugefügt oder geändert, bevor Sie gesehen haben, was es wäre.',
  whichAdd: 'Ihre Personen zur Site hinzufügen',
  whichPlan: 'Eine Rotation für ihre Personen planen',
  sheetTitle: file => `Personen aus ${file} hinzufügen`,
  nothingYet: siteUrl => `Noch wurde nichts zu ${siteUrl} hinzugefügt. Wer schon da ist, bleibt unverändert.`,
  reading: 'Die Datei wird gelesen und geprüft.',
  good: (count, integer) =>
    count === 0
      ? 'Niemand kann hinzugefügt werden.'
      : `${counted(count, integer, 'Person kann', 'Personen können')} hinzugefügt werden.`,
  present: (count, integer) =>
    `${counted(count, integer, 'ist schon da und bleibt', 'sind schon da und bleiben')} unverändert.`,
  faulty: (count, integer) => `${counted(count, integer, 'Zeile kann', 'Zeilen können')} nicht hinzugefügt werden.`,
  faults: 'Zeilen, die nicht hinzugefügt werden können',
  firstFaults: count => `Das sind die ersten ${count}.`,
  download: 'Diese Zeilen als CSV herunterladen',
  downloadFirst: count => `Die ersten ${count} als CSV herunterladen`,
  line: 'Zeile',
  fault: 'Warum nicht',
  field: 'Verwendet als',
  takenFrom: 'Spalte der Datei',
  fields: {
    email: 'E-Mail',
    username: 'Benutzername',
    firstName: 'Vorname',
    lastName: 'Nachname',
    displayName: 'Voller Name',
    department: 'Abteilung',
    personId: 'Personen-ID',
    personalMeetingRoomId: 'Raum-ID',
    state: 'Zustand des Kontos',
    pinned: 'Angepinnt',
    licences: 'Lizenzen',
  },
  notUsed: 'Nicht verwendet:',
  aboveHeader: 'Über der Kopfzeile, übergangen:',
  statesTitle: 'Nach dem, was die Datei über sie sagt',
  states: {
    resource: 'Räume, gemeinsame Postfächer oder Gruppen: übergangen',
    elsewhere: 'von einer anderen Site: übergangen',
    guest: 'Gäste, ohne Raum',
    unlicensed: 'ohne Lizenz, ohne Raum',
    attendee: 'Teilnehmer, ohne Raum',
    deleted: 'gelöscht',
    archived: 'archiviert',
    suspended: 'gesperrt',
    disabled: 'deaktiviert',
    pending: 'noch nicht aktiviert',
  },
  tidied: (count, integer) =>
    `${counted(count, integer, 'Adresse war', 'Adressen waren')} mit Beiwerk geschrieben; nur die Adresse selbst zählt.`,
  otherEncoding:
    'Die Datei ist weder UTF-8 noch UTF-16. Kommt sie aus Excel oder Windows, lesen Sie sie als Windows-1252; sonst speichern Sie sie als „CSV UTF-8“.',
  readAsWindows: 'Als Windows-1252 lesen',
  add: (count, integer) => `${counted(count, integer, 'Person', 'Personen')} hinzufügen`,
  addOthers: (count, integer) => `Die anderen ${integer(count)} hinzufügen`,
  adding: 'Wird hinzugefügt …',
  added: (count, integer) => `${counted(count, integer, 'Person wurde', 'Personen wurden')} hinzugefügt.`,
}
