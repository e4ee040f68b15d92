/** Was der Dienst sagt, auf Deutsch, nach seinem Code: src/messages/english hat das Englische. */
import type { Wordings } from '../../../../src/messages/message.ts'
import { counted } from '../counted.ts'
import { systemMessages } from './system-messages.ts'

const grouped = new Intl.NumberFormat('de-DE', { maximumFractionDigits: 0 })

/** `1.234` */
export function zahl(value: number): string {
  return grouped.format(value)
}

/** `1 Raum`, `2 Räume` */
function mehrere(count: number, einer: string, viele: string): string {
  return counted(count, zahl, einer, viele)
}

export const messages: Wordings = {
  ...systemMessages,
  guessBoth:
    '{origin} („{entry}“) mit „{before}“ davor und „{after}“ dahinter: Versuch {rank} für alle, die das Verzeichnis kennen.',
  guessBefore: '{origin} („{entry}“) mit „{before}“ davor: Versuch {rank} für alle, die das Verzeichnis kennen.',
  guessAfter: '{origin} („{entry}“) mit „{after}“ dahinter: Versuch {rank} für alle, die das Verzeichnis kennen.',
  guessPlain: '{origin}: Versuch {rank} für alle, die das Verzeichnis kennen.',
  guessNearby:
    'Die Nummer eines anderen Raums ist nur {distance} entfernt: Wer dessen Link hat, zählt bis zu diesem weiter.',
  guessShared:
    '„{prefix}“, wie insgesamt {sharing} Räume, und eine Nummer, sodass nur die Nummer zu erraten ist: {bits} Bit.',
  guessNumber: '„{prefix}“ und eine Nummer, sodass nur die Nummer zu erraten ist: {bits} Bit.',
  guessPrefixed: 'Nicht aus dem Verzeichnis abgeleitet: „{prefix}“ und {characters} zufällige Zeichen, {bits} Bit.',
  guessRandom: 'Nicht aus dem Verzeichnis abgeleitet: {characters} zufällige Zeichen, {bits} Bit.',
  guessDrawn: 'Von einer Rotation zufällig gezogen: {bits} Bit.',
  guessChosen: 'Von einem Menschen gewählt, nicht aus dem Verzeichnis abgeleitet: {parts}; höchstens {bits} Bit.',
  originEmailPrefix: 'Der vordere Teil der E-Mail',
  originInitial: 'Initiale und Nachname',
  originUsername: 'Der Benutzername',
  originEmailForm: 'Der vordere Teil der E-Mail in anderer Form',
  originUsernameForm: 'Der Benutzername in anderer Form',
  originNameForm: 'Die Namen in anderer Form',
  originSpelling: 'Die Namen in anderer Schreibweise',
  originNickname: 'Ein Spitzname',
  originWord: 'Ein Wort aus dem Wörterbuch',
  originShort: 'Höchstens drei Buchstaben und Ziffern',
  partWords: 'gebräuchliche Wörter',
  partLetters: ({ count }) => mehrere(count, 'Buchstabe', 'Buchstaben'),
  partDigits: ({ count }) => mehrere(count, 'Ziffer', 'Ziffern'),
  partYear: 'ein Jahr',
  partDate: 'ein Datum',

  choiceEveryone: 'alle',
  choiceListed: ({ count, file }) => `${count === 1 ? 'die eine Person' : `die ${zahl(count)} Personen`} in ${file}`,
  choiceDepartment: 'Abteilung {department}',
  choiceGuessable: 'Räume mit erratbarer ID',
  choiceOlderThan: ({ days }) => `Räume, deren ID älter als ${mehrere(days, 'Tag', 'Tage')} ist`,
  choiceRefreshed: 'Räume, die Rotation {rotation} geändert hat',

  leftAttendee: 'Teilnehmende haben keinen persönlichen Raum.',
  leftInvitationPending: 'Die Einladung ist noch nicht angenommen.',
  leftPinned: 'Der Raum ist angeheftet.',
  leftByList: 'Steht auf der Liste der Personen, die ausgelassen werden.',
  leftHardToGuess: 'Die ID ist schon schwer zu erraten.',
  leftIdAge: ({ days }) => `Die ID ist ${mehrere(days, 'Tag', 'Tage')} alt.`,
  leftIdTooNew: 'Die ID ist noch nicht alt genug.',
  leftNotChosen: 'Nicht ausgewählt.',
  leftNoRoom: 'Kein persönlicher Raum: {reason}',
  leftNoIdInCsv: 'In der CSV-Datei steht keine ID für diese Person.',
  leftInvalidId: ({ id, fault }) => `Die neue ID wäre ${JSON.stringify(id)}. ${fault}`,
  leftSameId: 'Der Raum hat diese ID schon.',
  leftUnclear: 'Der Raum ließ sich nicht lesen: {reason}.',
  leftEntryUnreadable: 'Dieser Eintrag der Personenliste ist unlesbar: {entry}',
  leftOddFields: 'Die Personenliste zeigt von dieser Person etwas in unbekannter Form: {fields}.',
  leftNoSites: 'Die Personenliste sagt nicht, zu welchen Sites diese Person gehört.',
  leftNoEmail: 'Die Personenliste nennt keine E-Mail-Adresse.',
  leftListedAgain: 'Diese Person steht mehrmals in der Liste der Personen; ein Eintrag ist geplant.',
  leftTwoIdsInCsv: 'Die CSV gibt dieser Person zwei IDs, eine nach E-Mail und eine nach Personen-ID.',
  leftUnknownPerson: 'Auf dieser Site hat niemand diese Adresse.',
  leftDuplicateId: 'Der Plan gibt diese ID mehr als einer Person.',
  leftIdRetained: 'Die neue ID gehört jemandem, der sie behält.',
  undoOldIdUnknown: 'Es ist nicht bekannt, welche ID der Raum vorher hatte.',
  undoAlreadyDone: 'Der Raum hat seine alte ID schon wieder.',
  undoChangedSince: 'Der Raum hat eine ID, die nicht von der Rotation stammt.',

  warnLowEntropy: 'Die neuen IDs haben {bits} Bit Zufall; {wanted} oder mehr sind ratsam.',
  warnUnreadRooms: ({ count }) =>
    `Die Räume von ${mehrere(count, 'Person', 'Personen')} außerhalb des Plans wurden nicht gelesen: Ob eine neue ID dort schon vergeben ist, zeigt sich erst beim Senden; dann wird eine andere gezogen, oder eine vorgegebene abgelehnt.`,
  noteTemporaries: ({ count }) =>
    count === 1
      ? '1 Raum ändert sich zweimal: Er gibt seine ID über eine vorläufige für jemand anderen frei.'
      : `${zahl(count)} Räume ändern sich zweimal: Sie geben ihre IDs über vorläufige für andere frei.`,
  warnLongChain: ({ count }) =>
    `${mehrere(count, 'Raum gibt seine ID', 'Räume geben ihre IDs')} in einer Kette weiter, die nicht in einen Stapel passt; dafür darf die Site freigewordene IDs nicht reservieren (Quarantäne 0), sonst werden sie abgelehnt.`,
  warnFreedReserved: ({ count }) =>
    `${mehrere(count, 'Raum bekäme eine ID', 'Räume bekämen IDs')}, die andere aufgeben; das Ziel behielt solche bei der Untersuchung ihren letzten Inhabern vor und wird sie wohl ablehnen.`,

  stoppedOnRequest: 'Auf Wunsch angehalten.',
  stoppedProcessEnded: 'Roomkey endete, während sie lief; setzen Sie sie fort.',
  stoppedByError:
    'Angehalten durch einen Fehler, der im Protokoll des Dienstes steht; sehen Sie dort nach und setzen Sie dann fort.',
  stoppedAccessDenied: 'Das Ziel verweigert den Zugriff ({reason}).',
  stoppedTooManyRefused: ({ refused, count }) =>
    `${zahl(refused)} von ${mehrere(count, 'Raum', 'Räumen')} ${refused === 1 ? 'wurde' : 'wurden'} abgelehnt; sehen Sie sich die Gründe an und setzen Sie dann fort oder planen Sie neu.`,
  stoppedCanaryRefused: ({ count }) =>
    count === 1
      ? 'Der erste Raum wurde abgelehnt; sehen Sie sich den Grund an, bevor es weitergeht.'
      : `Die ersten ${zahl(count)} Räume wurden alle abgelehnt; sehen Sie sich die Gründe an, bevor es weitergeht.`,
  stoppedCanaryNotChanged:
    'Der Raum von {email}, einer der ersten, wurde nicht geändert, wie er sollte: {reason} Klären Sie den Grund und setzen Sie dann mit den übrigen fort.',
  stoppedCanaryWrong:
    'Der Raum von {email} hat nicht die ID, die er bekommen hat; sehen Sie nach, bevor es weitergeht.',
  stoppedCanaryUnseen: ({ unseen, count, email }) =>
    `${zahl(unseen)} von ${mehrere(count, 'Raum', 'den ersten Räumen')} zeigten die neue ID in der Zeit nicht, die das Ziel dafür braucht, darunter ${email}; klären Sie den Grund und planen Sie die übrigen neu.`,
  stoppedCanaryUnread:
    'Der Raum von {email}, einer der ersten, lässt sich nicht lesen ({reason}); sehen Sie selbst nach und setzen Sie dann mit den übrigen fort.',
  stoppedCanaryDone: ({ count }) =>
    count === 1
      ? 'Der erste Raum ist geändert; sehen Sie ihn sich an und setzen Sie dann fort.'
      : `Die ersten ${zahl(count)} Räume sind geändert; sehen Sie sie sich an und setzen Sie dann fort.`,
  stoppedTargetDown: 'Das Ziel antwortet nicht ({reason}); prüfen Sie, ob es läuft, und setzen Sie dann fort.',
  stoppedSelfServiceOff: '{reason} Die Selbstbedienung ist noch ausgeschaltet; „Fortsetzen“ schaltet sie wieder ein.',
  refusedOtherPerson: 'Die E-Mail-Adresse gehört inzwischen jemand anderem.',
  refusedPersonGone: 'Diese Person gibt es beim Ziel nicht mehr.',
  refusedNotChanged: ({ tries }) =>
    `Das Ziel hat den Raum in ${mehrere(tries, 'Versuch', 'Versuchen')} nicht geändert.`,
  refusedOtherId: ({ tries, id }) =>
    `Das Ziel hat dem Raum in ${mehrere(tries, 'Versuch', 'Versuchen')} eine andere ID gegeben: ${JSON.stringify(id)}.`,
  refusedUnclear: ({ tries, reason }) =>
    `Ob der Raum geändert wurde, ist unbekannt: Er ließ sich in ${tries} Versuchen nicht lesen (${reason}).`,
  heldChanged: 'Der Raum hatte eine andere ID als geplant, als er an der Reihe war, und blieb darum, wie er ist.',
  heldHasNewId: 'Der Raum hatte seine neue ID schon, als er an der Reihe war.',
  heldUnread: 'Der Raum war nicht zu lesen, als er an der Reihe war ({reason}), und blieb darum, wie er ist.',
  refusedIdNotFreed: 'Der Raum, der diese ID hat, konnte sie nicht abgeben.',
  planProcessEnded: 'Der Prozess, der den Plan gemacht hat, ist vorher zu Ende gegangen; planen Sie noch einmal.',
  planServiceStopped: 'Der Dienst wurde beendet, während der Plan entstand; planen Sie noch einmal.',
  planStopped: 'Beim Planen angehalten; setzen Sie es fort.',
  planFailed: 'Das Planen ist gescheitert; der Grund steht im Protokoll des Dienstes. Planen Sie noch einmal.',

  planChanged: 'Rotation {rotation} ist nicht mehr, was geplant war: Sie wurde nachträglich geändert; planen Sie neu.',
  planUnfinished: 'Der Plan ist noch nicht fertig; warten Sie auf ihn.',
  approveOwnPlan: 'Sie haben diese Rotation selbst geplant; bitten Sie einen zweiten Administrator um die Freigabe.',
  approveWrongState: 'Zustand der Rotation: {state}; freigeben lässt sich nur ein Plan.',
  needsApproval: 'Rotation {rotation} wartet auf einen zweiten Administrator; erst die Freigabe, dann der Start.',
  otherRotationRunning:
    'Rotation {rotation} dieser Site läuft ({owner}); warten Sie auf ihr Ende oder halten Sie sie an, bevor Sie eine andere starten.',
  alreadyRunning: 'Die Rotation läuft schon.',
  runningElsewhere:
    'Ein anderer Prozess führt die Rotation aus; er soll anhalten und hat es noch nicht. Sehen Sie noch einmal nach.',
  leaseLost: 'Rotation {rotation} wird jetzt von einem anderen Prozess ausgeführt; roomkey status zeigt mehr.',
  wrongState: 'Zustand der Rotation: {state}; sehen Sie noch einmal nach.',
  undoWrongState: 'Zustand der Rotation: {state}; rückgängig machen lässt sie sich, sobald sie angehalten hat.',
  plannedElsewhere: 'Ein anderer Prozess macht diesen Plan; warten Sie, bis er fertig ist.',
  alreadyStarted: 'Die Rotation hat schon begonnen; sie bleibt für die Akten.',
  noRotation: 'Auf dieser Site gibt es diese Rotation nicht.',
  rotationDiscarded: 'Der Plan wurde inzwischen verworfen; machen Sie einen neuen.',
  tokenEnded:
    'Das Token des Administrators, der das begonnen hat, ist abgelaufen oder widerrufen; nehmen Sie ein anderes.',
  elsewhereAllSitesOnly: 'Nur wer alle Sites verwaltet, kann diesen Dienst anderswo Räume ändern lassen.',
  noConnection: 'Es gibt keine Verbindung zu Webex; richten Sie eine in den Einstellungen ein.',
  noSignInForTarget: 'Dieser Dienst hat keine Anmeldung für {target}; nehmen Sie stattdessen roomkey run.',
  badHours: 'between sind zwei Uhrzeiten, vielleicht mit einer Zeitzone: 20:00-06:00 Europe/Berlin.',
  listUnreadable: 'Die Liste kann nicht verwendet werden: {reason}',
  unmatchedPeople: ({ people, count }) =>
    `${count === 1 ? '1 Person' : `${count} Personen`} der Liste gibt es auf dieser Site nicht: ${people}. Berichtigen Sie die Liste, oder lassen Sie sie beim Planen aus.`,
  nobodyOnSite: 'Niemand hat ein Konto auf {siteUrl}; prüfen Sie den Namen der Site.',
  nothingToRotate: 'Es gibt keinen Raum, der rotiert werden kann: {reasons}',
  nobodyChosen: 'niemand ist ausgewählt.',
  leftCount: '{count}: {reason}',
  listWithoutIds: 'Für IDs aus einer CSV-Datei braucht die Liste die Spalte personalMeetingRoomId.',
  templateField: 'Die Vorlage hat kein Feld {{field}}; möglich sind {fields}.',
  templateCount: 'Geben Sie in der Vorlage nach {{field}: an, wie viele, etwa {example}.',
  templateBrace: 'In der Vorlage fehlt das Gegenstück einer Klammer; möglich sind {fields}.',
  stormEndless:
    'Ein Sturm, der {duration} s dauert und alle {interval} s beginnt, endet nie; er muss kürzer sein als sein Abstand.',

  itemAddressMissing: 'Jeder Eintrag braucht email oder personId.',
  itemAddressBoth: 'Ein Eintrag kann nicht email und personId zugleich haben.',
  itemAddressMixed: 'Entweder haben alle Einträge email, oder alle haben personId.',
  itemIdMissing: 'Jeder Eintrag braucht personalMeetingRoomId oder systemGenerated mit dem Wert true.',
  itemIdBoth: 'Ein Eintrag kann nicht personalMeetingRoomId und systemGenerated mit dem Wert true zugleich haben.',
  itemIdMixed: 'Entweder haben alle Einträge personalMeetingRoomId, oder alle haben systemGenerated mit dem Wert true.',
  noPerson: 'Diese Person wurde auf der Site nicht gefunden.',
  personTwice: 'Eine Person kommt in der Anfrage mehr als einmal vor.',
  noRoom: 'Diese Person hat auf der Site keinen persönlichen Meeting-Raum.',
  idInvalid: 'Diese Raum-ID ist nicht gültig.',
  idTwice: 'Eine Raum-ID kommt in der Anfrage mehr als einmal vor.',
  idTaken: 'Diese Raum-ID gehört schon jemand anderem.',
  idEmpty: 'Eine Raum-ID darf nicht leer sein.',
  idTooLong: 'Eine Raum-ID darf nicht länger als {max} Zeichen sein.',
  idUnderscore: 'Das Ziel lehnt IDs mit einem Unterstrich ab.',
  idCharacters: 'Eine Raum-ID darf nur aus Buchstaben, Ziffern, „-“, „.“ und „_“ bestehen.',
  idNoLetter: 'Eine Raum-ID muss mindestens einen Buchstaben enthalten.',
  idTooGuessable: 'Diese Raum-ID ist für diese Site zu leicht zu erraten; nötig sind {bits} Bit. {reason}',
  siteRotated: 'Jemand anderes führt auf dieser Site gerade eine Rotation aus.',
  siteLocked: 'Die Site ist von jemand anderem gesperrt.',

  noSite: 'Diese Site wurde nicht gefunden.',
  otherSite: 'Ihr Zugangstoken gilt nicht für diese Site.',
  siteExists: 'Diese Site gibt es schon.',
  nameSite: 'Nennen Sie mit siteUrl eine Ihrer Sites.',
  addSiteAllSitesOnly: 'Nur wer alle Sites verwaltet, kann eine hinzufügen.',
  noChange: 'Auf dieser Site gibt es diese Änderung nicht.',
  badTime: '{field} muss eine Zeit nach ISO 8601 sein, etwa {example}.',
  noToken: 'Dieses Token gibt es nicht.',
  tokenExpiryPast: 'Das Ende des Tokens muss in der Zukunft liegen.',
  tokenSites: 'Ein Token lässt sich nur für eigene Sites ausstellen.',
  tokenRole: 'Ein Token mit dieser Rolle kann nur ein Volladministrator ausstellen.',
  tokenEnd:
    'Ein Token kann das, mit dem es ausgestellt wird, nicht überdauern: Ihres endet am {end}; geben Sie ein früheres Ende an.',
  tokenSessionEnd:
    'Eine Sitzung stellt nur Token aus, die mit ihr enden ({end}); geben Sie ein früheres Ende an, oder auch Ihr eigenes Token.',
  tokenNotOwn: 'Das ist nicht das Token, mit dem Sie angemeldet sind; kopieren Sie es noch einmal.',
  approvalFullAdminOnly:
    'Nur ein Volladministrator aller Sites kann auf die Freigabe durch einen zweiten Administrator verzichten.',
  approvalOwnPlanOpen:
    'Sie haben eine Rotation dieser Site geplant, die noch nicht gestartet ist; lassen Sie sie erst freigeben, oder verwerfen Sie sie.',
  tokenScope: 'Ein Token darf nur, was Sie selbst dürfen; Ihnen fehlt {scope}.',
  needsToken: 'Dafür ist ein gültiges Zugangstoken nötig (Authorization: Bearer TOKEN).',
  needsScope: 'Ihrem Zugangstoken fehlt {access}.',
  sessionFromConsoleOnly:
    'Eine Sitzung kann nur aus der Konsole heraus etwas ändern; senden Sie ein Token oder die Kopfzeile {header}.',
  signInLinkUsed: 'Dieser Link wurde schon benutzt oder ist abgelaufen; melden Sie sich mit einem Token an.',
  badToken: 'Das ist kein gültiges Zugangstoken; prüfen Sie es und versuchen Sie es erneut.',
  noWebhook: 'Diesen Webhook gibt es nicht.',
  tooManyWebhooks: ({ most }) =>
    `Für eine der Sites gibt es schon ${zahl(most)} Webhooks, mehr darf sie nicht haben; löschen Sie erst einen.`,
  webhookFilter: 'Der Filter muss siteUrl=… mit einer Site lauten.',
  webhookUrl: 'Die Adresse muss eine URL mit http oder https sein.',
  webhookCredentials: 'In der Adresse dürfen weder Name noch Passwort stehen.',
  webhookPrivate: 'Die Adresse muss öffentlich erreichbar sein.',
  connectionAllSitesOnly: 'Nur wer alle Sites verwaltet, kann die Verbindung zu Webex sehen oder ändern.',
  connectionFromEnvironment:
    'Der Dienst benutzt das Token in WEBEX_ACCESS_TOKEN; nehmen Sie es zuerst aus seiner Umgebung.',
  signInInBrowser:
    'Beginnen Sie die Anmeldung in der Konsole, denn sie endet in einem Browser; oder geben Sie ein Token ein.',
  needsIntegration: 'Nötig sind Client-ID und Client-Secret der Integration von developer.webex.com.',

  responseStatus: 'Status {status}',
  responseDenied: '{status}: {reason}',
  responseMalformed: 'eine Antwort von unbekannter Form',
  noResponse: 'keine Antwort in {seconds} s',
  addressPrivate: 'Die Adresse ist nicht öffentlich.',
  callCanceled: 'abgebrochen, bevor es gesendet war',
  noReasonGiven: 'kein Grund genannt',
  targetDown: 'Das Ziel {host} antwortet nicht ({reason}); prüfen Sie, ob es läuft, und versuchen Sie es erneut.',
  targetDenied: 'Das Ziel erlaubt nicht, {action} ({status}: {reason}); {advice}.',
  targetUnexpected: 'Das Ziel hat unerwartet geantwortet, gefragt nach: {subject}. Es kam {answer}; {advice}.',
  answerRedirect: 'eine Weiterleitung zu {to} ({status})',
  answerPage: 'eine Webseite statt der Daten',
  answerEmpty: 'eine leere Antwort',
  answerNoJson: 'etwas, das kein JSON ist',
  answerGarbled: 'eine Antwort, deren Komprimierung beschädigt ist',
  adviceUrl: 'prüfen Sie, ob seine URL zu Webex oder Roomkey führt',
  adviceRedirect: 'geben Sie die URL an, zu der es führen soll; einer Weiterleitung wird mit einem Token nie gefolgt',
  adviceProxy: 'davor scheint ein Proxy oder eine Anmeldeseite zu stehen; prüfen Sie die URL und den Weg dorthin',
  listLinkUnreadable:
    'Die Liste der Personen lässt sich nicht zu Ende lesen: Der Link zur nächsten Seite ist unlesbar ({link}). Melden Sie das dem Betreiber des Ziels.',
  listLoops:
    'Die Liste der Personen lässt sich nicht zu Ende lesen: Die nächste Seite wurde schon gelesen ({link}). Melden Sie das dem Betreiber des Ziels.',
  listEndless:
    'Die Liste der Personen hat kein Ende: Immer neue Seiten nennen niemand Neues. Melden Sie das dem Betreiber des Ziels.',
  noteListElsewhere:
    'Die Liste der Personen nennt ihre nächste Seite unter {named}. Gelesen wurde sie trotzdem unter {own}, und das Token ging nirgendwo sonst hin; dazwischen scheint ein Proxy zu stehen.',
  targetClosedUntil:
    'Das Ziel nimmt bis {until} keine Aufrufe mehr an ({asked}); machen Sie danach weiter, oder lassen Sie mit --wait warten.',
  targetAlwaysLater: ({ count, until, asked }) =>
    `Das Ziel hat ${count}-mal hintereinander um Warten gebeten und keinen Aufruf durchgelassen (${asked}); machen Sie nach ${until} weiter.`,
  retryAfter: 'Retry-After: {header}',
  withoutRetryAfter: 'ohne Retry-After',
  adviceSignIn: 'melden Sie sich neu an oder nehmen Sie ein anderes Token',
  adviceScopes: 'nehmen Sie ein Token mit den Rechten und der Site, die dafür nötig sind',
  actionListPeople: 'die Personen aufzulisten',
  actionListMeetings: 'die Meetings von {email} aufzulisten',
  meetingsLoop: 'die nächste Seite der Liste wurde schon gelesen',
  meetingsEndless: ({ pages }) => `die Liste hat mehr als ${pages} Seiten`,
  meetingsLinkUnreadable: 'der Link zur nächsten Seite der Liste ist nicht lesbar',
  actionReadRoom: 'den Raum von {email} zu lesen',
  actionReadSettings: 'die Einstellungen der Site zu lesen',
  actionChangeSettings: 'die Einstellungen der Site zu ändern',
  subjectSites: 'den Sites',
  subjectPeople: 'Personen',
  subjectRoom: 'Raum von {email}',
  subjectRoomLink: 'Link des Raums von {email}',
  subjectSettings: 'Einstellungen der Site',
  workCanceled: 'Das wurde abgebrochen; versuchen Sie es erneut.',
  signInRefused:
    'Die Anmeldung wurde abgelehnt ({status}); prüfen Sie Client-ID und Client-Secret und melden Sie sich neu an.',
  signInDown: 'Der Anmeldedienst antwortet nicht ({reason}); versuchen Sie es später erneut.',
  signInNoConnection: 'keine Verbindung zu {host}',
  signInTimedOut: 'Niemand hat die Anmeldung rechtzeitig bestätigt; melden Sie sich neu an.',
  connectionEnded: 'Die Verbindung zu {host} wurde beendet; verbinden Sie neu und setzen Sie dann fort.',
  serviceUnproven:
    'Was unter {url} antwortet, weist nicht nach, dass es der Dienst dieses Datenordners ist, und bekommt deshalb kein Token; beenden Sie es und starten Sie den Dienst mit roomkey serve.',
  hostDown: '{host} antwortet gerade nicht; versuchen Sie es später erneut.',
  hostDeniesToken:
    '{host} nimmt dieses Token nicht an ({status}); kopieren Sie es noch einmal oder holen Sie ein neues.',
  hostUnexpected: '{host} antwortet nicht wie Webex; prüfen Sie die URL.',

  waitSeconds: 'Warten Sie {seconds} Sekunden bis zum nächsten Aufruf.',
  tooMuchOfToken:
    'Für dieses Token läuft davon schon so viel, wie darf; versuchen Sie es in {seconds} Sekunden erneut.',
  tooMuchOfSite:
    'Für diese Site läuft davon schon so viel, wie gleichzeitig darf; versuchen Sie es in {seconds} Sekunden erneut.',
  tooMuchOfProcess:
    'Der Dienst tut davon schon so viel, wie er gleichzeitig kann; versuchen Sie es in {seconds} Sekunden erneut.',
  rehearsalTooLarge: 'Die Probe braucht mehr Speicher, als der Dienst einer gibt; proben Sie mit roomkey rehearse.',
  stopping: 'Der Dienst wird gerade beendet.',
  stoppingRuns: 'Der Dienst wird gerade beendet; versuchen Sie es, wenn er wieder läuft.',
  databaseUnavailable: 'Die Datenbank ist gerade nicht erreichbar oder nimmt nichts an.',
  bodyTooLarge: ({ kibibytes }) => `Die Anfrage ist größer als ${zahl(kibibytes)} KiB; mehr nimmt dieser Aufruf nicht.`,
  bodyTooManyFields: ({ most }) =>
    `Die Anfrage hat mehr als ${zahl(most)} Felder und Einträge; so viele nimmt kein Aufruf.`,
  queryTooManyFields: ({ most }) => `Die Adresse hat mehr als ${zahl(most)} Parameter; so viele nimmt kein Aufruf.`,
  moreFaults: ({ told }) => `Es gibt weitere Fehler; das sind die ersten ${zahl(told)}.`,
  tableTooLarge: ({ mebibytes }) => `Die Tabelle ist größer als ${zahl(mebibytes)} MiB; senden Sie sie in Teilen.`,
  tableMediaType: 'Senden Sie die Tabelle als eines von {types}.',
  tableCutOff: 'Die Tabelle wurde unterwegs abgeschnitten; senden Sie sie noch einmal.',
  tableNotKept:
    'Der Dienst kann die Tabelle nicht aufheben, während er sie liest: Der Platz für temporäre Dateien ist voll.',
  tableUnreadable: 'Die Tabelle kann nicht verwendet werden: {reason}',
  importFaulty: ({ rows, good }) =>
    `${zahl(rows)} ${rows === 1 ? 'Zeile kann' : 'Zeilen können'} nicht importiert werden, deshalb wurde nichts importiert; berichtigen Sie sie, oder fügen Sie die anderen ${zahl(good)} mit partial=true hinzu.`,
  importFault: 'Zeile {line}: {fault}',
  planNotJson: 'plan in der Adresse muss JSON sein.',
  bodyEmpty: 'Die Anfrage ist leer; nötig ist JSON.',
  bodyMediaType: 'Die Anfrage muss application/json sein.',
  bodyMalformed: 'Die Anfrage ist kein gültiges JSON.',
  notFound: 'Unter {path} gibt es nichts.',
  notSupported: 'Webex hat vielleicht {path}; Roomkey hat es nicht. Was es hat, steht unter /docs/supported.md.',
  faultServerError: 'Das Fehlerskript hat diesen Fehler verlangt.',
  faultHalfApplied: 'Das Fehlerskript hat verlangt, dass nur der halbe Stapel gilt.',
  faultWait: 'Das Fehlerskript verlangt zu warten.',
  unexpected:
    'Die Anfrage ist aus einem Grund gescheitert, der nicht in ihr liegt; die trackingId führt ins Protokoll.',

  siteMirrored:
    'Diese Site ist ein Abbild von {target}, wo ihre Räume geführt werden; ändern Sie sie dort, oder durch eine Rotation dieses Ziels.',
  siteHeld:
    '{siteUrl} wird von Roomkey selbst geführt und hat Personen, kann also kein Abbild werden; nehmen Sie dafür eine andere Datenbank (--database).',
  otherMirrorTarget: '{siteUrl} ist schon ein Abbild von {target}; lesen Sie es von dort.',
  siteNotMirrored: '{siteUrl} wird von Roomkey selbst geführt; es gibt nichts zu lesen.',
  listShrunk: ({ missing, known }) =>
    `In der Personenliste fehlen ${zahl(missing)} von ${mehrere(known, 'bekannten Person', 'bekannten Personen')}, oder deren Räume; es wurde niemand entfernt. Wenn das stimmt, lesen Sie sie mit --accept-shrink.`,
  planFromMirror: ({ count, age }) =>
    `${mehrere(count, 'Raum steht', 'Räume stehen')} so im Abbild; gelesen vor höchstens ${age}.`,
  freshUnread: 'noch nicht gelesen',
  freshRead: 'vor {age} gelesen',
  freshBetween: 'vor {newest} bis {oldest} gelesen',
  freshToGo: ({ fresh, unread, rooms }) => `${fresh}; ${zahl(unread)} von ${zahl(rooms)} noch nicht gelesen`,
  freshFailed: ({ fresh, failed }) =>
    `${fresh}; ${failed === 1 ? '1 Raum konnte' : `${zahl(failed)} Räume konnten`} nicht gelesen werden`,
  ageSeconds: ({ count }) => mehrere(count, 'Sekunde', 'Sekunden'),
  ageMinutes: ({ count }) => mehrere(count, 'Minute', 'Minuten'),
  ageHours: ({ count }) => mehrere(count, 'Stunde', 'Stunden'),
  ageDays: ({ count }) => mehrere(count, 'Tag', 'Tagen'),
}
