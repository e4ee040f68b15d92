import { counted, type Integer } from '../counted.ts'
import type {
  effect as englishEffect,
  starting as englishStarting,
  timeline as englishTimeline,
} from '../en/at-risk.ts'

const rooms = (count: number, integer: Integer) => counted(count, integer, 'Raum', 'Räume')
const links = (count: number, integer: Integer) => counted(count, integer, 'Link', 'Links')

export const starting: typeof englishStarting = {
  forth: {
    title: (count, site, integer) => `${counted(count, integer, 'Raum-Link', 'Raum-Links')} auf ${site} ändern?`,
    action: (count, integer) => `${links(count, integer)} ändern`,
  },
  undo: {
    title: (count, site, integer) =>
      count === 1
        ? `1 Raum auf ${site} seine alte ID zurückgeben?`
        : `${integer(count)} Räumen auf ${site} ihre alte ID zurückgeben?`,
    action: (count, integer) => `${counted(count, integer, 'alte ID', 'alte IDs')} wiederherstellen`,
  },
  where: 'Wo',
  who: 'Wer',
  leftOut: count => `${count} ausgelassen`,
  whatBreaks: 'Was nicht mehr geht',
  breaks: (count, integer, moved) =>
    `${links(count, integer)} in E-Mails, Kalendern und Signaturen ${count === 1 ? 'gilt' : 'gelten'} nicht mehr, jeder, sobald sein Raum an der Reihe war. ${moved ? 'Alte Links sagen, dass der Raum umgezogen ist, aber nicht wohin.' : 'Vom alten Link führt nichts zum neuen.'}`,
  undoBreaks: (count, integer) =>
    `${count === 1 ? 'Der neue Link gilt' : 'Die neuen Links gelten'} nicht mehr. ${rooms(count, integer)} ${count === 1 ? 'ist' : 'sind'} wieder so leicht zu erraten wie vor der Rotation.`,
  wayBack: 'Der Weg zurück',
  wayBackHere: (days, until) =>
    `Jeder Raum kann seine alte ID zurückbekommen, bis sein Gastgeber die ID ändert. Alte IDs sind ${days} Tage reserviert, bis ${until}.`,
  wayBackElsewhere:
    'Jeder Raum kann seine alte ID zurückbekommen, bis sein Gastgeber die ID ändert oder jemand anderes die alte nimmt: Webex sagt nicht zu, sie freizuhalten.',
  rehearsal: 'Probe',
  notRehearsed: 'Nicht geprobt',
  rehearsedWell: at => `Geprobt ${at}, ging gut`,
  rehearsedBadly: at => `Geprobt ${at}, ging nicht gut`,
  howLong: 'Wie lange',
  about: duration => `Etwa ${duration}, so in der Probe`,
  unknownLength: 'Nicht bekannt. Eine Probe sagt es.',
  atMostCalls: calls => `Höchstens ${calls} Aufrufe, so schnell das Ziel es zulässt`,
  typeNumber: count => `Zur Bestätigung ${count} eingeben`,
  whyType: { many: 'Weil so viele Personen betroffen sind.', elsewhere: 'Weil es nicht Roomkeys eigene Räume sind.' },
}

export const timeline: typeof englishTimeline = {
  title: 'Was geschehen ist',
  kinds: {
    planned: 'Geplant',
    rehearsed: 'Geprobt',
    approved: 'Freigegeben',
    started: 'Gestartet',
    paused: 'Pause verlangt',
    stopped: 'Angehalten',
    resumed: 'Fortgesetzt',
    finished: 'Fertig',
    verified: 'Nachgeprüft',
    undone: 'Rückgängig gemacht durch',
  },
  pilotsSeen: (count, integer) =>
    count === 1 ? 'Erster Raum zurückgelesen' : `Erste ${integer(count)} Räume zurückgelesen`,
  well: 'ging gut',
  notWell: 'ging nicht gut',
  haveNewId: (count, integer) => `${rooms(count, integer)} ${count === 1 ? 'hat seine' : 'haben ihre'} neue ID`,
}

export const effect: typeof englishEffect = {
  title: 'Vorher und nachher',
  judging: 'Die alten und die neuen IDs werden beurteilt.',
  guessable: (before, after, count, integer) =>
    `Von ${count === 1 ? '1 Raum' : `${integer(count)} Räumen`} ${before === 1 ? 'war' : 'waren'} vor der Rotation ${integer(before)} zu erraten, danach ${integer(after)}.`,
  median: (before, after) => `Median der Stärke: ${before} Bit vorher, ${after} Bit nachher.`,
  chart: 'Wie schwer die IDs zu erraten sind, vorher und nachher',
  legend: 'Umriss: vorher. Gefüllt: nachher.',
  beforeAfter: 'Räume vorher → nachher',
}
