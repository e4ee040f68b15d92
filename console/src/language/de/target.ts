import type { target as english } from '../en/target.ts'

export const target: typeof english = {
  title: 'Verbindung zu Webex',
  about: 'Mit einer Verbindung kann Roomkey neben den eigenen Räumen auch die von Webex rotieren.',
  none: 'Nicht verbunden',
  connected: { signIn: 'Angemeldet', token: 'Über ein eingefügtes Token', environment: 'Über WEBEX_ACCESS_TOKEN' },
  api: 'API',
  who: 'Angemeldet als',
  unknownWho: 'Von Webex nicht mitgeteilt',
  scopes: 'Berechtigungen',
  since: 'Verbunden seit',
  until: 'Erneuert sich bis',
  tokenUntil: 'Token endet',
  unknownEnd: 'Webex hat es nicht gesagt',
  tokenEnds: 'Webex teilt nicht mit, wann ein eingefügtes Token abläuft; ein persönliches gilt zwölf Stunden.',
  environmentAbout:
    'Das Token kommt aus der Umgebung des Dienstes. Entfernen Sie es dort, um sich auf andere Weise zu verbinden.',
  signIn: 'Bei Webex anmelden',
  signInAbout: 'Webex bittet um Ihre Zustimmung und schickt Sie hierher zurück. Die Anmeldung erneuert sich selbst.',
  clientId: 'Client-ID der Integration',
  clientSecret: 'Client-Secret',
  knownIntegration: clientId => `Beides leer lassen, um ${clientId} zu verwenden.`,
  redirect: 'Tragen Sie auf developer.webex.com diese Redirect-URI für die Integration ein:',
  copyRedirect: 'Redirect-URI kopieren',
  goToWebex: 'Weiter zu Webex',
  paste: 'Token einfügen',
  pasteAbout: 'Ein Zugangstoken eines Administrators. Bevor es gespeichert wird, fragt Roomkey Webex, wem es gehört.',
  token: 'Webex-Zugangstoken',
  connect: 'Verbinden',
  disconnect: 'Trennen',
  disconnectTitle: 'Verbindung zu Webex trennen?',
  disconnectAbout:
    'Roomkey löscht seine Webex-Token. Eine laufende Rotation auf Webex hält an; sobald Sie wieder verbunden sind, lässt sie sich fortsetzen.',
  outcomes: {
    connected: 'Sie sind mit Webex verbunden.',
    refused: 'Webex hat die Anmeldung abgelehnt, oder Client-ID oder Secret sind falsch. Versuchen Sie es erneut.',
    tooLate:
      'Diese Anmeldung wurde schon verwendet, ist abgelaufen oder wurde anderswo begonnen. Melden Sie sich erneut an.',
    unreachable: 'Webex antwortet gerade nicht. Versuchen Sie es später erneut.',
  },
  label: 'Ziel',
  choices: { self: 'Räume von Roomkey', webex: 'Webex (live)', other: 'Ein anderer Dienst' },
  choicesAbout: {
    self: 'Sofort und so schnell wie möglich.',
    webex: 'Erst wird jeder Raum gelesen; das dauert auf einer großen Site eine Weile.',
  },
}
