/**
 * What columns are called in the exports of Control Hub and Webex Meetings sites, Entra, Microsoft 365, Active
 * Directory, Exchange, Okta, Google, GAM, Zoom and Unified CM, in English and German, and in Roomkey's own files.
 * docs/people-files.md shows this table, and a test holds the page against it.
 *
 * Names are compared by their letters and digits alone. Of several columns with one meaning the first in the list is
 * taken; where its cell is empty, the next one.
 */
export const columnNames = {
  email: [
    'email',
    'emailaddress',
    'useridemail',
    'useremail',
    'emailprimarywork',
    'primaryworkemail',
    'emailid',
    'mail',
    'mailid',
    'primaryemail',
    'primaryemailaddress',
    'primarysmtpaddress',
    'windowsemailaddress',
    'workemail',
    'businessemail',
    'emailadresse',
    'mailadresse',
    'benutzeridemail',
    'primareemailadresse',
    'primaresmtpadresse',
    'to',
  ],
  /** Several addresses in one cell: the one after `SMTP:` in capitals is the person's. */
  addressList: ['proxyaddresses', 'emailaddresses', 'proxyadressen'],
  principalName: ['userprincipalname', 'upn', 'benutzerprinzipalname', 'prinzipalname'],
  login: ['username', 'webexid', 'login', 'loginname', 'loginid', 'signinname', 'benutzername', 'anmeldename'],
  accountName: ['samaccountname', 'uid'],
  personId: ['personid'],
  firstName: ['firstname', 'givenname', 'forename', 'first', 'vorname'],
  lastName: ['lastname', 'surname', 'familyname', 'sn', 'last', 'nachname', 'familienname'],
  displayName: ['displayname', 'fullname', 'anzeigename', 'name'],
  department: ['department', 'departmentname', 'organizationsdepartment', 'organizations0department', 'abteilung'],
  roomId: ['personalmeetingroomid', 'personalroomid', 'roomid', 'pmrid'],
  newLink: ['newlink'],
  roomLink: [
    'personalmeetingroomlink',
    'personalmeetingroomurl',
    'personalroomlink',
    'personalroomurl',
    'pmrlink',
    'pmrurl',
    'roomlink',
    'roomurl',
    'link',
    'url',
  ],
  oldLink: ['oldlink'],
  outcome: ['outcome'],
  since: ['since', 'changed', 'lastchanged', 'changedat', 'claimed'],
  siteUrl: ['siteurl', 'site', 'sitename'],
  sites: ['siteurls', 'sites'],
  host: ['host', 'ishost'],
  role: ['hostprivilege', 'siterole', 'role', 'rolle'],
  enabled: [
    'enabled',
    'isenabled',
    'accountenabled',
    'active',
    'isactive',
    'currentlyactive',
    'activated',
    'loginenabled',
    'aktiv',
    'aktiviert',
    'kontoaktiviert',
    'kontoaktiv',
  ],
  suspended: ['suspended', 'issuspended', 'gesperrt', 'angehalten'],
  archived: ['archived', 'isarchived', 'archiviert'],
  disabled: [
    'disabled',
    'isdisabled',
    'accountdisabled',
    'deactivated',
    'isdeactivated',
    'blocked',
    'isblocked',
    'blockcredential',
    'blockcredentials',
    'blocksignin',
    'signinblocked',
    'deaktiviert',
    'kontodeaktiviert',
    'anmeldeinformationenblockieren',
    'anmeldeinformationenblockiert',
    'anmeldungblockieren',
    'anmeldungblockiert',
  ],
  deleted: [
    'deleted',
    'isdeleted',
    'softdeletiontimestamp',
    'deletiontime',
    'deleteddatetime',
    'geloscht',
    'istgeloscht',
  ],
  status: [
    'status',
    'userstatus',
    'accountstatus',
    'signinstatus',
    'invitestatus',
    'benutzerstatus',
    'kontostatus',
    'anmeldestatus',
  ],
  /** A region in many directories: it counts where its cell is a word for the state of an account. */
  maybeState: ['state'],
  pending: ['invitepending', 'pending', 'einladungausstehend'],
  userType: ['usertype', 'benutzertyp'],
  recipientType: ['recipienttypedetails', 'recipienttype', 'empfangertyp'],
  resource: ['isresource', 'isshared', 'roommailbox'],
  objectClass: ['objectclass'],
  accountControl: ['useraccountcontrol'],
  pinned: ['pinned'],
} as const satisfies Record<string, readonly string[]>

export type Meaning = keyof typeof columnNames

const byName = new Map(
  Object.entries(columnNames).flatMap(([meaning, names]) =>
    names.map((name, rank) => [name as string, { meaning: meaning as Meaning, rank }] as const),
  ),
)

/** What a column of this name means, and its rank among the names of that meaning (0 is the best). */
export function meaningOf(name: string): { meaning: Meaning; rank: number } | undefined {
  const inBrackets = /\[([^\]]+)\]/.exec(name)?.[1]
  const plain = name.replace(/\([^)]*\)|\[[^\]]*\]/g, '').replace(/^\s*(?:user|profile|name)\./i, '')
  return (inBrackets === undefined ? undefined : byName.get(plainName(inBrackets))) ?? byName.get(plainName(plain))
}

/** `E-Mail-Adresse` is `emailadresse`, `Gelöscht` is `geloscht`. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
