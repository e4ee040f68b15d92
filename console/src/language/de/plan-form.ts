import type { planForm as english } from '../en/plan-form.ts'

export const planForm: typeof english = {
  whoTitle: 'Wer eine neue ID bekommt',
  whos: {
    guessable: 'Alle mit einer erratbaren ID',
    everyone: 'Alle mit einem Raum',
    olderThan: 'Alle, deren ID älter als … Tage ist',
    department: 'Eine Abteilung',
    selected: 'Die unter „Räume“ Ausgewählten',
    csv: 'Die Personen in einer CSV-Datei',
  },
  days: 'Tage',
  csvAbout:
    'Ein Verzeichnisexport oder eigene Spalten: email oder personId, dazu personalMeetingRoomId, wenn die Datei die neuen IDs vorgibt.',
  chooseFile: 'CSV-Datei wählen',
  nobodySelected: 'Niemand ist ausgewählt.',
  selection: 'auswahl.csv',
  howTitle: 'Wie die neuen IDs entstehen',
  kindsAbout: {
    random: 'Kurz und nicht zu erraten. Ohne Zeichen, die sich ähnlich sehen.',
    words: 'Länger, aber am Telefon leicht zu sagen.',
    system: 'Was ein neuer Gastgeber bekäme.',
    template: 'Aus Namen und zufälligen Zeichen, etwa {last}-{random:13}.',
    csv: 'Aus der Spalte personalMeetingRoomId.',
  },
  bits: 'Stärke in Bit',
  template: 'Vorlage',
  careTitle: 'Sicherheit',
  canary: 'Piloträume',
  canaryAbout: 'Sie werden zuerst geändert und zurückgelesen, bevor andere folgen.',
  freeze: 'Selbstbedienung während der Rotation sperren',
  overwriteChanged: 'Auch Räume ändern, für die Gastgeber vorher eine andere ID wählen',
  action: 'Plan erstellen',
  reading: 'Räume werden gelesen …',
  unmatched: (count, integer) =>
    count === 1
      ? '1 Person der Liste gibt es auf dieser Site nicht. Berichtigen Sie die Liste, oder lassen Sie sie aus:'
      : `${integer(count)} Personen der Liste gibt es auf dieser Site nicht. Berichtigen Sie die Liste, oder lassen Sie sie aus:`,
  unmatchedMore: (count, integer) => `… und ${integer(count)} weitere`,
  allowUnmatched: 'Personen auslassen, die es auf dieser Site nicht gibt',
  quoted: name => `„${name}“`,
  readAs: (field, columns) => `${field} aus ${columns}`,
  notUsed: columns => `Nicht benutzt: ${columns}.`,
  planWithout: 'Ohne sie neu planen',
  nothingYet: 'Noch ändert sich nichts.',
}
