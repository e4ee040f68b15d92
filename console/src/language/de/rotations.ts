import { counted } from '../counted.ts'
import type { rotations as english, undo as englishUndo } from '../en/rotations.ts'

export const rotations: typeof english = {
  plan: 'Rotation planen',
  rotation: 'Rotation',
  named: number => `Rotation ${number}`,
  state: 'Zustand',
  states: {
    planning: 'Wird geplant',
    failed: 'Planung gescheitert',
    planned: 'Geplant',
    running: 'Läuft',
    stopped: 'Angehalten',
    finished: 'Fertig',
    needsApproval: 'Braucht Freigabe',
    pausing: 'Hält an',
    unknown: 'Unbekannt',
    undone: 'Rückgängig gemacht',
    partlyUndone: 'Teils rückgängig gemacht',
  },
  finishedWithout: count => `Fertig, ${count} nicht geändert`,
  who: 'Wer',
  changed: 'Geändert',
  created: 'Erstellt',
  doneOf: (done, total) => `${done} von ${total}`,
  undoOf: number => `Rückgängig: Rotation ${number}`,
  emptyTitle: 'Noch keine Rotation',
  empty:
    'Eine Rotation gibt vielen Räumen neue IDs. Sie planen sie vorher, prüfen sie nachher und können sie rückgängig machen.',
  dropHint:
    'Um eine Rotation aus einer CSV-Datei mit der Spalte „email“ zu planen, ziehen Sie die Datei auf diese Seite.',
  dropHere: 'CSV hier ablegen, um eine Rotation für die Personen darin zu planen',
  planTitle: 'Plan',
  newIds: 'Neue IDs',
  kinds: {
    random: 'Zufällige Buchstaben und Ziffern',
    words: 'Zufällige Silben',
    system: 'Nach dem Verfahren der Site',
    template: 'Nach einer Vorlage',
    csv: 'Wie in der CSV-Datei',
    snapshot: 'Die bisherigen IDs',
  },
  canary: 'Pilot',
  firstRooms: (count, integer) => counted(count, integer, 'Raum', 'Räume'),
  freeze: 'Selbstbedienung gesperrt',
  changedMeanwhile: 'Inzwischen geänderte Räume',
  overwritten: 'Werden überschrieben',
  heldBack: 'Werden zurückgestellt',
  none: 'Keine',
  fingerprint: 'Fingerabdruck',
  leftTitle: 'Ausgelassen',
  refusedTitle: 'Abgelehnt',
  nobodyLeft: 'Niemand wird ausgelassen.',
  planAbout: (moves, left, integer) =>
    `${moves === 1 ? '1 Raum bekommt eine neue ID' : `${integer(moves)} Räume bekommen eine neue ID`}, ${integer(left)} ausgelassen. Noch hat sich nichts geändert.`,
  planningSoFar: (read, left) =>
    `Bisher gelesen: ${read}${left === null ? '' : `, noch etwa ${left}`}. Sie können diese Seite verlassen; die Planung läuft weiter.`,
  roomsRead: (done, of) => `${done} von ${of} Räumen`,
  start: 'Starten',
  startAnyway: 'Trotzdem starten',
  rehearse: 'Proben',
  discard: 'Verwerfen',
  discardTitle: 'Diesen Plan verwerfen?',
  discardAbout: 'Er wurde nie gestartet, also hat sich kein Raum geändert. Sie können jederzeit neu planen.',
  approve: 'Freigeben',
  approvalNeeded: 'Bevor dieser Plan starten kann, muss ihn ein zweiter Administrator freigeben.',
  plannedBy: name => `Geplant von ${name}. Prüfen Sie, wer welche ID bekommt, und geben Sie ihn dann frei.`,
  plannedByYou:
    'Sie haben ihn geplant und können ihn deshalb nicht selbst freigeben. Schicken Sie den Link dieser Seite einem anderen Administrator.',
  copyPageLink: 'Link kopieren',
  approved: (name, at) => `Freigegeben von ${name}, ${at}. Er kann gestartet werden.`,
  tokensMadeWith: name =>
    `Das Token der Planung und das der Freigabe stammen von ${name}; wer es hat, hätte beides sein können.`,
  approvedShort: 'Freigegeben von',
  somebody: 'einem anderen Administrator',
  commandLine: 'der Befehlszeile',
  commandLineName: 'Befehlszeile',
  pause: 'Pause',
  pausingNow: 'Hält an …',
  resume: 'Fortsetzen',
  undo: 'Rückgängig machen',
  progressTitle: 'Fortschritt',
  done: 'Geändert',
  refused: 'Abgelehnt',
  held: 'Zurückgestellt',
  heldTitle: 'Zurückgestellt: bleiben, wie sie sind',
  unsure: 'Unterwegs',
  unknown: 'Unbekannt',
  open: 'Verbleibend',
  phases: {
    pausing: 'Hält an:',
    stopping: 'Was gerade geschieht, wird noch beendet.',
    batches: (count, integer) => `${counted(count, integer, 'Stapel ist', 'Stapel sind')} noch unterwegs.`,
    readingBack: (count, integer) =>
      `${counted(count, integer, 'Raum wird', 'Räume werden')} zurückgelesen, weil die Antwort verloren ging.`,
    pilots: (count, integer) =>
      count === 1
        ? 'Der erste Raum wird vor den anderen zurückgelesen.'
        : `Die ersten ${integer(count)} Räume werden vor den anderen zurückgelesen.`,
  },
  resumeReads: (count, integer) =>
    `${counted(count, integer, 'Raum war', 'Räume waren')} da gerade unterwegs. „Fortsetzen“ liest ${count === 1 ? 'ihn' : 'sie'} zuerst zurück; kein Raum wird zweimal geändert.`,
  undoneBy: (count, integer) =>
    `${count === 1 ? '1 Raum hat seine alte ID' : `Alle ${integer(count)} Räume haben ihre alte ID`} zurück, durch`,
  partlyUndoneBy: (count, total) => `${count} von ${total} Räumen haben ihre alte ID zurück, durch`,
  toUndone: number => `Macht Rotation ${number} rückgängig`,
  now: 'jetzt',
  pace: 'Räume je Minute',
  batches: 'Gesendete Stapel',
  aboutOf: (count, total) => `${count} von etwa ${total}`,
  timeLeft: 'Restzeit',
  waiting: {
    self: 'Das Aufruflimit ist erreicht.',
    webex: 'Webex bittet um weniger Aufrufe.',
    other: 'Das Ziel bittet um weniger Aufrufe.',
  },
  continuingIn: seconds => `Weiter in ${seconds} s.`,
  verifyTitle: 'Nachprüfen',
  verifyAbout: 'Liest jeden geänderten Raum zurück und vergleicht ihn mit dem Plan.',
  verify: 'Jetzt nachprüfen',
  verifyAgain: 'Erneut nachprüfen',
  verifyHow: 'Welche Räume',
  verifyWays: rooms => ({
    each: 'Jeden Raum, einen nach dem anderen',
    list: 'Was die Liste der Personen nicht zeigt',
    sample: `Eine Stichprobe von ${rooms}`,
  }),
  listedOnly: (count, integer) =>
    `${counted(count, integer, 'Raum wurde', 'Räume wurden')} nicht gelesen: Die Liste der Personen zeigt die neue ID, und eine Stichprobe bestätigt sie.`,
  notRead: (count, mayBeWrong, integer) =>
    `${counted(count, integer, 'Raum wurde', 'Räume wurden')} nicht gelesen; davon sind mit 95 % Sicherheit höchstens ${integer(mayBeWrong)} falsch.`,
  verifiedAt: at => `Nachgeprüft ${at}.`,
  verifiedOf: (changed, total) => `${changed} von ${total} Räumen haben ihre neue ID.`,
  sinceBy: (count, rotation, integer) =>
    `${counted(count, integer, 'Raum wurde', 'Räume wurden')} seitdem durch Rotation ${rotation} geändert.`,
  sinceByOthers: (count, integer) =>
    `${counted(count, integer, 'Raum wurde', 'Räume wurden')} seitdem vom Gastgeber oder einem Administrator geändert.`,
  notYet: (count, integer) =>
    `${counted(count, integer, 'Raum zeigt', 'Räume zeigen')} sie noch nicht; das kann 30 Minuten dauern.`,
  unread: (count, integer) => `${counted(count, integer, 'Raum war', 'Räume waren')} nicht zu lesen.`,
  wrong: (count, integer) =>
    `${counted(count, integer, 'Raum hat', 'Räume haben')} eine andere ID, und Roomkey weiß nicht, warum.`,
  verifyAgainAt: at => `Prüfen Sie ab ${at} erneut nach.`,
  verifying: 'Wird zurückgelesen …',
  verifiedAll: (changed, integer) =>
    changed === 1 ? 'Der Raum hat seine neue ID.' : `Alle ${integer(changed)} Räume haben ihre neue ID.`,
  verifiedOpen: open => `Die Rotation ist nicht zu Ende: ${open} noch zu ändern oder ungewiss.`,
  downloadsTitle: 'Bericht und E-Mails an Gastgeber',
  downloads: {
    'report.html': 'Bericht zum Lesen und Drucken',
    'report.csv': 'Bericht als CSV',
    'report.jsonl': 'Bericht für Programme (JSON-Zeilen)',
    'letters.csv': 'E-Mails an die Gastgeber, als CSV für den Serienversand',
  },
  itemsTitle: 'Alte und neue IDs',
  allItems: 'Alle',
  noItems: 'Niemand.',
  oldId: 'Alte ID',
  newId: 'Neue ID',
  stays: 'unverändert',
  byTheSite: 'von der Site',
  itemStates: {
    pending: 'Ausstehend',
    sent: 'Unterwegs',
    unsure: 'Unbekannt, wird geprüft',
    done: 'Geändert',
    refused: 'Abgelehnt',
    held: 'Zurückgestellt',
    left: 'Ausgelassen',
  },
}

export const undo: typeof englishUndo = {
  title: 'Die alten IDs wiederherstellen?',
  reading: 'Die aktuelle ID jedes Raums wird gelesen.',
  back: (count, integer) => {
    if (count === 0) return 'Kein Raum bekäme seine alte ID zurück.'
    return count === 1
      ? '1 Raum bekommt seine alte ID zurück.'
      : `${integer(count)} Räume bekommen ihre alte ID zurück.`
  },
  stay: (count, integer) => (count === 1 ? '1 behält die aktuelle ID:' : `${integer(count)} behalten die aktuelle ID:`),
  about: 'Daraus wird ein Plan wie jeder andere: Es ändert sich nichts, bevor Sie ihn starten.',
  rooms: 'Räume, die ihre alte ID zurückbekommen, und Räume, die das nicht tun',
  firstOnly: count => `Das sind die ersten ${count} Räume; der Plan zeigt alle.`,
  action: 'Plan erstellen',
  currentId: 'Aktuelle ID',
  nextId: 'ID danach',
  goesBack: 'Wird wiederhergestellt',
  stays: 'Bleibt unverändert',
}
