import { counted } from '../counted.ts'
import type { overview as english, nextSteps as englishSteps } from '../en/overview.ts'

/** Eine Zahl von Tagen als Alter: `90 Tage`, `1 Jahr`, `3 Jahre`. */
export function ageOf(days: number): string {
  if (days < 365) return `${days} Tage`
  return days === 365 ? '1 Jahr' : `${days / 365} Jahre`
}

export const overview: typeof english = {
  headline: (found, rooms, integer) => {
    if (found === 0) return `Keiner von ${integer(rooms)} Räumen lässt sich anhand einer Personalliste erraten.`
    const of = `von ${counted(rooms, integer, 'Raum', 'Räumen')}`
    return found === 1
      ? `1 ${of} lässt sich anhand einer Personalliste erraten.`
      : `${integer(found)} ${of} lassen sich anhand einer Personalliste erraten.`
  },
  auditing: 'Jeder Raum wird geprüft. Bei einer großen Site dauert das einen Augenblick.',
  emptyTitle: 'Noch keine Räume',
  rooms: 'Räume',
  within: guesses => `Gefunden mit ${guesses} Versuchen`,
  median: 'Median der Stärke',
  medianAge: 'Median des Alters einer ID',
  unknown: 'Unbekannt',
  unknownAge: 'Unbekannt: beim ersten Lesen schon da',
  bits: count => `${count} Bit`,
  days: (count, integer) => (count === 0 ? '< 1 Tag' : counted(count, integer, 'Tag', 'Tage')),
  bitsFrom: from => `${from} Bit oder mehr`,
  bitsRange: (from, to) => `${from} bis ${to} Bit`,
  histogram: 'Wie schwer die IDs zu erraten sind',
  histogramAbout:
    'Anteil der Räume nach Stärke. Unter 20 Bit genügt eine Million Versuche; ab 60 Bit ist Raten aussichtslos.',
  bitsAxis: 'Bit',
  curve: 'Was geduldiges Raten findet',
  curveAbout: 'Anteil der Räume, die gefunden werden, nach der Zahl der Versuche je Person.',
  guessesAxis: 'Versuche je Person',
  share: 'Gefundener Anteil',
  asTable: 'Als Tabelle zeigen',
  classes: 'Woraus die IDs gebildet sind',
  classesAbout: 'Wählen Sie ein Muster, um die Räume dazu zu sehen.',
  ages: 'Wie alt die IDs sind',
  agesAbout: 'Je länger eine ID im Umlauf ist, desto öfter wurde sie weitergeleitet, notiert und veröffentlicht.',
  ageBand: (from, under) => {
    if (under === null) return `${ageOf(from)} oder mehr`
    return from === 0 ? `Unter ${ageOf(under)}n` : `${ageOf(from)} bis ${ageOf(under)}`
  },
  worst: 'Am leichtesten erratbare Räume',
  allWeak: 'Alle erratbaren Räume',
  auditedAt: time => `Stand: ${time}.`,
  rotations: 'Letzte Rotationen',
  noRotations: 'Noch keine.',
}

export const nextSteps: typeof englishSteps = {
  title: 'Was als Nächstes zu tun ist',
  nothing: 'Nichts: Jede ID ist schwer zu erraten, und neue werden es auch sein.',
  weak: (count, integer) =>
    count === 1 ? '1 Raum hat eine erratbare ID.' : `${integer(count)} Räume haben eine erratbare ID.`,
  pinned: (count, integer) =>
    count === 1
      ? '1 erratbarer Raum ist angeheftet: Rotationen lassen ihn aus.'
      : `${integer(count)} erratbare Räume sind angeheftet: Rotationen lassen sie aus.`,
  pinnedAction: 'Angeheftete Räume durchsehen',
  approve: (number, by) => `Rotation ${number}${by === null ? '' : `, geplant von ${by},`} braucht Ihre Freigabe.`,
  approveAction: 'Ansehen und freigeben',
  waitsForApproval: number => `Rotation ${number} ist geplant und wartet auf einen zweiten Administrator.`,
  weakAction: 'Rotation planen',
  method: method => `Neue Gastgeber bekommen eine erratbare ID, nach dem Verfahren „${method}“.`,
  methodAction: 'Verfahren ändern',
  selfService: 'Gastgeber dürfen jede ID für ihren Raum wählen, auch den eigenen Namen.',
  selfServiceAction: 'Mindeststärke verlangen',
  running: number => `Rotation ${number} läuft.`,
  stopped: number => `Rotation ${number} hat vor dem Ende angehalten.`,
  planned: number => `Rotation ${number} ist geplant und noch nicht gestartet.`,
  openRotation: 'Rotation öffnen',
}
