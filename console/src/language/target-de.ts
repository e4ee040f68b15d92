import type { targetEn } from './target-en.ts'

export const targetDe: typeof targetEn = {
  title: 'Ziel',
  about: 'Mit einer Verbindung zu Webex kann dieser Dienst neben seinen eigenen Räumen auch die von Webex rotieren.',
  none: 'Nicht verbunden',
  connected: { signIn: 'Angemeldet', token: 'Über ein eingefügtes Token', environment: 'Über WEBEX_ACCESS_TOKEN' },
  api: 'API',
  who: 'Als',
  unknownWho: 'Webex hat es nicht gesagt',
  scopes: 'Darf',
  since: 'Seit',
  until: 'Erneuert sich bis',
  tokenEnds: 'Webex sagt nicht, wann ein eingefügtes Token endet; ein persönliches gilt zwölf Stunden.',
  environmentAbout:
    'Das Token kommt aus der Umgebung des Dienstes; nehmen Sie es dort heraus, um sich anders zu verbinden.',
  signIn: 'Bei Webex anmelden',
  signInAbout: 'Sie gehen zu Webex, stimmen dort zu und kommen hierher zurück. Die Anmeldung erneuert sich selbst.',
  clientId: 'Client-ID der Integration',
  clientSecret: 'Client-Secret',
  knownIntegration: clientId => `Beides leer lassen, um ${clientId} zu verwenden.`,
  redirect: 'Tragen Sie auf developer.webex.com diese Redirect-URI für die Integration ein:',
  copyRedirect: 'Redirect-URI kopieren',
  goToWebex: 'Zu Webex',
  paste: 'Token einfügen',
  pasteAbout: 'Ein Zugangstoken eines Administrators. Bevor es aufbewahrt wird, wird Webex gefragt, wem es gehört.',
  token: 'Webex-Zugangstoken',
  connect: 'Verbinden',
  disconnect: 'Trennen',
  disconnectTitle: 'Die Verbindung zu Webex beenden?',
  disconnectAbout:
    'Der Dienst vergisst seine Token. Eine laufende Rotation von Webex hält an und lässt sich fortsetzen, sobald Sie wieder verbunden sind.',
  outcomes: {
    connected: 'Sie sind mit Webex verbunden.',
    refused:
      'Webex hat der Anmeldung nicht zugestimmt, oder Client-ID und Secret stimmen nicht. Versuchen Sie es erneut.',
    tooLate:
      'Diese Anmeldung wurde schon verwendet, ist zu alt oder wurde anderswo begonnen. Melden Sie sich erneut an.',
    unreachable: 'Webex antwortet gerade nicht. Versuchen Sie es später erneut.',
  },
  ofRotation: 'Räume',
  choose: 'Wessen Räume sich ändern',
  choices: { self: 'Die dieses Dienstes', webex: 'Die von Webex', other: 'Die eines anderen Dienstes' },
  choicesAbout: {
    self: 'Sofort und so schnell es geht.',
    webex: 'Erst wird jeder Raum einzeln gelesen; das dauert auf einer großen Site eine Weile.',
  },
}
