/** Exports of directories as they come, with the state of every account. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSource } from '#roomkey/directory/files/bytes/table-source.js'
import { describeTable } from '#roomkey/directory/files/describe-table.js'
import { checkImportColumns, importUses, readPeople } from '#roomkey/directory/files/read-people.js'
import { openTable } from '#roomkey/directory/files/read-table.js'
import { removeFolder, temporaryFolder } from '../../devtools/child-service.ts'
import { fileOf, siteUrl } from './doors.ts'

let folder: string
beforeAll(async () => {
  folder = await temporaryFolder()
})
afterAll(() => removeFolder(folder))

async function open(content: string | Buffer) {
  const table = await openTable(await openSource(await fileOf(folder, content)))
  checkImportColumns(table, siteUrl)
  return table
}

/** What an import makes of each row: `host`, or what else the file says, and where the person would be. */
async function read(content: string | Buffer): Promise<string[]> {
  const seen: string[] = []
  for await (const row of readPeople(await open(content), siteUrl)) {
    if ('fault' in row) seen.push(`line ${row.line}: ${row.fault}`)
    else if ('passedOver' in row) seen.push(`not imported: ${row.passedOver}`)
    else {
      const { email, firstName, lastName, username, host, suspended } = row.person
      const place = host ? (suspended ? 'suspended' : 'host') : 'no room'
      seen.push(`${email} ${firstName} ${lastName} ${username ?? '-'} ${place} ${row.state ?? 'active'}`)
    }
  }
  return seen
}

const mia = 'mia.berg@corp.test Mia Berg - host active'
const tom = (state: string, place = 'suspended') => `tom.left@corp.test Tom Left - ${place} ${state}`

describe('an export', () => {
  it.each<[string, string | Buffer, string[]]>([
    [
      'Get-ADUser, with its default columns',
      '#TYPE Microsoft.ActiveDirectory.Management.ADUser\r\n' +
        '"DistinguishedName","Enabled","GivenName","Name","ObjectClass","ObjectGUID","SamAccountName","SID","Surname","UserPrincipalName"\r\n' +
        '"CN=Mia Berg,DC=corp","True","Mia","Mia Berg","user","0c9a","mberg","S-1-5","Berg","mia.berg@corp.test"\r\n' +
        '"CN=Tom Left,DC=corp","False","Tom","Tom Left","user","0c9b","tleft","S-1-5","Left","tom.left@corp.test"\r\n',
      [mia.replace('-', 'mberg'), tom('disabled').replace('-', 'tleft')],
    ],
    [
      'Get-ADUser -Properties *',
      'CN,DisplayName,EmailAddress,Enabled,GivenName,mail,Name,ObjectClass,proxyAddresses,SamAccountName,sn,Surname,State,userAccountControl,UserPrincipalName\n' +
        'mberg,Mia Berg,mia.berg@corp.test,True,Mia,mia.berg@corp.test,mberg,user,Microsoft.ActiveDirectory.Management.ADPropertyValueCollection,mberg,Berg,Berg,Bavaria,512,mberg@corp.local\n' +
        'tleft,Tom Left,tom.left@corp.test,,Tom,tom.left@corp.test,tleft,user,,tleft,Left,Left,,66050,tleft@corp.local\n' +
        'all,All,all@corp.test,,,all@corp.test,all,group,,all,,,,,\n',
      [
        mia.replace('-', 'mberg@corp.local'),
        tom('disabled').replace('-', 'tleft@corp.local'),
        'not imported: resource',
      ],
    ],
    [
      'Microsoft 365 admin centre',
      '\ufeffBlock credential,City,Department,Display name,First name,Last name,Licenses,Object Id,Proxy addresses,Soft deletion time stamp,User principal name\n' +
        'False,Perth,Ops,Mia Berg,Mia,Berg,Office 365 E3,1,SMTP:mia.berg@corp.test+smtp:mia@corp.onmicrosoft.com,,mia@corp.onmicrosoft.com\n' +
        'True,Perth,Ops,Tom Left,Tom,Left,Unlicensed,2,,,tom.left@corp.test\n' +
        'False,Perth,Ops,Del Eted,Del,Eted,Unlicensed,3,,2025-01-02 03:04:05Z,del@corp.test\n',
      [mia.replace('-', 'mia@corp.onmicrosoft.com'), tom('disabled'), 'del@corp.test Del Eted - suspended deleted'],
    ],
    [
      'Microsoft 365 admin centre in German',
      'Anmeldeinformationen blockieren;Anzeigename;Vorname;Nachname;Benutzerprinzipalname\n' +
        'Falsch;Mia Berg;Mia;Berg;mia.berg@corp.test\nWahr;Tom Left;Tom;Left;tom.left@corp.test\n',
      [mia, tom('disabled')],
    ],
    [
      'Entra',
      'userPrincipalName,displayName,surname,mail,givenName,id,userType,accountEnabled,state,invitationState\n' +
        'mia.berg@corp.test,Mia Berg,Berg,mia.berg@corp.test,Mia,1,Member,True,WA,\n' +
        'guest_gmail.com#EXT#@corp.onmicrosoft.com,Gil Guest,Guest,gil@gmail.test,Gil,2,Guest,True,,Accepted\n' +
        'ext_mail.test#EXT#@corp.onmicrosoft.com,Eva Ext,Ext,,Eva,3,,True,,\n' +
        'tom.left@corp.test,Tom Left,Left,,Tom,4,Member,False,,\n',
      [
        mia,
        'gil@gmail.test Gil Guest guest_gmail.com#EXT#@corp.onmicrosoft.com no room guest',
        'ext_mail.test#EXT#@corp.onmicrosoft.com Eva Ext - no room guest',
        tom('disabled'),
      ],
    ],
    [
      'Get-MgUser, where a property was not asked for',
      '"AccountEnabled","DisplayName","GivenName","Id","Mail","OtherMails","Surname","UserPrincipalName","UserType"\r\n' +
        ',"Mia Berg","Mia","1","mia.berg@corp.test","System.String[]","Berg","mia.berg@corp.test",\r\n',
      [mia],
    ],
    [
      'a Webex Meetings site',
      Buffer.from(
        '\ufeffUserID\tActive\tFirstName\tLastName\tUserName\tEmail\tHostPrivilege\tPersonal Room URL\r\n' +
          '1046482\tY\tMia\tBerg\tmia.berg@corp.test\tmia.berg@corp.test\tHOST\thttps://example.webex.com/meet/mia\r\n' +
          '1046483\tY\tAnn\tVisitor\tann@corp.test\tann@corp.test\tATTND\t\r\n' +
          '1046484\tN\tTom\tLeft\ttom.left@corp.test\ttom.left@corp.test\tADMN\t\r\n' +
          '1046485\t\tAda\tMin\tada@corp.test\tada@corp.test\tADMV\t\r\n',
        'utf16le',
      ),
      [mia, 'ann@corp.test Ann Visitor - no room attendee', tom('disabled'), 'ada@corp.test Ada Min - host active'],
    ],
    [
      'Control Hub, with the licences of two sites',
      'First Name,Last Name,User ID/Email (Required),User Status,Webex Messaging,Example.webex.com - Webex Meetings Suite,example.webex.com - Attendee,other.webex.com - Webex Meetings Suite,example.webex.com - Webinars (Suspended)\n' +
        'Mia,Berg,mia.berg@corp.test,Verified,TRUE,TRUE,FALSE,FALSE,FALSE\n' +
        'Ann,Nolic,ann@corp.test,Active,TRUE,FALSE,FALSE,TRUE,FALSE\n' +
        'Att,Endee,att@corp.test,Active,TRUE,FALSE,TRUE,FALSE,FALSE\n' +
        'Pete,Pending,pete@corp.test,Invite Pending,TRUE,TRUE,FALSE,FALSE,FALSE\n' +
        'Nora,Not,nora@corp.test,Not Verified,TRUE,TRUE,FALSE,FALSE,FALSE\n' +
        'Sue,Spended,sue@corp.test,Active,TRUE,FALSE,FALSE,FALSE,TRUE\n' +
        'Tom,Left,tom.left@corp.test,Inactive,TRUE,TRUE,FALSE,FALSE,FALSE\n',
      [
        mia,
        'ann@corp.test Ann Nolic - no room unlicensed',
        'att@corp.test Att Endee - no room attendee',
        'pete@corp.test Pete Pending - suspended pending',
        'nora@corp.test Nora Not - suspended pending',
        'sue@corp.test Sue Spended - suspended suspended',
        tom('disabled'),
      ],
    ],
    [
      'Google',
      'First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Status [READ ONLY],Recovery Email,New Status [UPLOAD ONLY]\n' +
        'Mia,Berg,mia.berg@corp.test,****,Active,mia@home.test,\nTom,Left,tom.left@corp.test,****,Suspended,,\nAri,Old,ari@corp.test,****,Archived,,\n',
      [mia, tom('suspended'), 'ari@corp.test Ari Old - suspended archived'],
    ],
    [
      'GAM',
      'primaryEmail,name.givenName,name.familyName,suspended,archived,deletionTime,organizations.0.department\n' +
        'mia.berg@corp.test,Mia,Berg,False,False,,Ops\ntom.left@corp.test,Tom,Left,True,False,,Ops\nari@corp.test,Ari,Old,False,True,,\n',
      [mia, tom('suspended'), 'ari@corp.test Ari Old - suspended archived'],
    ],
    [
      'Okta',
      '"User Id","Login","Email","First name","Last name","Status"\n' +
        [
          '"1","mia.berg@corp.test","mia.berg@corp.test","Mia","Berg","ACTIVE"',
          '"2","tom.left@corp.test","tom.left@corp.test","Tom","Left","DEPROVISIONED"',
          '"3","sia@corp.test","sia@corp.test","Sia","Staged","STAGED"',
          '"4","pro@corp.test","pro@corp.test","Pro","Visioned","PROVISIONED"',
          '"5","loc@corp.test","loc@corp.test","Loc","Ked","LOCKED_OUT"',
          '"6","exp@corp.test","exp@corp.test","Exp","Ired","PASSWORD_EXPIRED"',
        ].join('\n'),
      [
        mia,
        tom('deleted'),
        'sia@corp.test Sia Staged - suspended pending',
        'pro@corp.test Pro Visioned - suspended pending',
        'loc@corp.test Loc Ked - host active',
        'exp@corp.test Exp Ired - host active',
      ],
    ],
    [
      'JumpCloud, whose state is that of the account',
      'email,firstname,lastname,state,activated\n' +
        'mia.berg@corp.test,Mia,Berg,ACTIVATED,true\ntom.left@corp.test,Tom,Left,SUSPENDED,true\n',
      [mia, tom('suspended')],
    ],
    [
      'Active Directory, whose state is a region',
      'mail,GivenName,Surname,State,Enabled\nmia.berg@corp.test,Mia,Berg,Bavaria,True\ntom.left@corp.test,Tom,Left,Ohio,False\n',
      [mia, tom('disabled')],
    ],
    [
      'Workday',
      'Email - Primary Work,First Name,Last Name,Currently Active\nmia.berg@corp.test,Mia,Berg,Yes\ntom.left@corp.test,Tom,Left,No\n',
      [mia, tom('disabled')],
    ],
    [
      'Exchange',
      '"DisplayName","Alias","PrimarySmtpAddress","WindowsEmailAddress","RecipientTypeDetails","AccountDisabled"\n' +
        '"Mia Berg","mberg","mia.berg@corp.test","mia.berg@corp.test","UserMailbox","False"\n' +
        '"Tom Left","tleft","tom.left@corp.test","tom.left@corp.test","UserMailbox","True"\n' +
        '"Room 1","room1","room1@corp.test","room1@corp.test","RoomMailbox","True"\n' +
        '"Info","info","info@corp.test","info@corp.test","SharedMailbox","True"\n',
      [mia, tom('disabled'), 'not imported: resource', 'not imported: resource'],
    ],
    [
      'Zoom',
      'Email,First Name,Last Name,User Type,User Status,Personal Meeting ID\nmia.berg@corp.test,Mia,Berg,Licensed,Active,3141592653\n' +
        'tom.left@corp.test,Tom,Left,Basic,Inactive,\npia@corp.test,Pia,Wait,Basic,Pending,\n',
      [mia, tom('disabled'), 'pia@corp.test Pia Wait - suspended pending'],
    ],
    [
      'Unified CM',
      'FIRST NAME,LAST NAME,USER ID,PASSWORD,MANAGER USER ID,MAIL ID\nMia,Berg,mberg,,,mia.berg@corp.test\n',
      [mia],
    ],
    [
      'columns of one’s own in German',
      'E-Mail-Adresse;Vorname;Nachname;Status;Gesperrt\nmia.berg@corp.test;Mia;Berg;aktiv;nein\ntom.left@corp.test;Tom;Left;aktiv;ja\npia@corp.test;Pia;Wait;Einladung ausstehend;\n',
      [mia, tom('suspended'), 'pia@corp.test Pia Wait - suspended pending'],
    ],
    [
      'the People API, as a table',
      'email,firstName,lastName,siteUrls,invitePending,loginEnabled\nmia.berg@corp.test,Mia,Berg,"example.webex.com,other.webex.com",false,true\n' +
        'att@corp.test,Att,Endee,example.webex.com#attendee,false,true\nels@corp.test,Els,Where,other.webex.com,false,true\n' +
        'pia@corp.test,Pia,Wait,example.webex.com,true,true\ntom.left@corp.test,Tom,Left,example.webex.com,false,false\n',
      [
        mia,
        'att@corp.test Att Endee - no room attendee',
        'els@corp.test Els Where - no room unlicensed',
        'pia@corp.test Pia Wait - suspended pending',
        tom('disabled'),
      ],
    ],
    [
      'Roomkey’s audit of two sites',
      'siteUrl,email,firstName,lastName,personalMeetingRoomId\nexample.webex.com,mia.berg@corp.test,Mia,Berg,mia\nother.webex.com,tom.left@corp.test,Tom,Left,tom\n',
      [mia, 'not imported: elsewhere'],
    ],
    [
      'a state that is not known, which is no state to make up',
      'email,Status,suspended\nmia.berg@corp.test,Frobbed,\ntom.left@corp.test,active,perhaps\n',
      [
        'line 2: Status says "Frobbed", which is no state that is known; write active, suspended or pending there, or rename the column.',
        'line 3: suspended says "perhaps", which is no state that is known; write active, suspended or pending there, or rename the column.',
      ],
    ],
  ])('is read: %s', async (_of, content, people) => {
    expect(await read(content)).toEqual(people)
  })

  it('of licences for other sites alone is refused, and says which', async () => {
    await expect(open('email,other.webex.com - Webex Meetings Suite\na@corp.test,TRUE\n')).rejects.toThrow(
      'has the licences of other.webex.com, and none of example.webex.com; import it with --site other.webex.com',
    )
  })

  it('says which column was taken for what, and which was not used', async () => {
    const table = await open(
      'Report of 2025\nmail,userPrincipalName,DisplayName,Name,Title,accountEnabled,example.webex.com - Attendee\na@corp.test,,A,,,,\n',
    )
    expect(describeTable(table, importUses, true)).toMatchObject({
      columns: {
        email: ['mail', 'userPrincipalName'],
        displayName: ['DisplayName', 'Name'],
        state: ['accountEnabled'],
        licences: ['example.webex.com - Attendee'],
      },
      notUsed: ['Title'],
      aboveHeader: ['Report of 2025'],
    })
  })
})
