import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { program, removeFolder, roomkey, temporaryFolder } from '../../devtools/child-service.ts'

describe('people import and export', () => {
  let folder: string

  beforeEach(async () => {
    folder = await temporaryFolder()
    await mkdir(join(folder, 'data'))
  })
  afterEach(() => removeFolder(folder))

  const run = (...words: string[]) =>
    roomkey(words, { env: { DATABASE_URL: `sqlite:${join(folder, 'data', 'roomkey.sqlite')}` } })
  const site = (method = 'emailPrefix') => run('sites', 'add', 'example.webex.com', '--method', method)

  async function file(content: string | Buffer): Promise<string> {
    const path = join(folder, 'people.csv')
    await writeFile(path, content)
    return path
  }

  /** The columns of everybody on the site, by e-mail. */
  async function exported(...columns: string[]): Promise<Record<string, string[]>> {
    const { stdout } = await run('people', 'export')
    const [header, ...rows] = stdout
      .trim()
      .split('\n')
      .map(line => line.split(','))
    const places = columns.map(column => header!.indexOf(column))
    return Object.fromEntries(rows.map(row => [row[0]!, places.map(place => row[place]!)]))
  }

  const controlHub =
    'First Name\tLast Name\tDisplay Name\tUser ID/Email (Required)\tUser Status\tDepartment\r\n' +
    'Zoë\tÅström\tZoë Åström\tzoe@example.com\tVerified\tSales\r\n'

  it.each([
    ['Control Hub, in UTF-16LE with tabs', Buffer.from(`\ufeff${controlHub}`, 'utf16le')],
    ['Control Hub, in UTF-16LE without a mark', Buffer.from(controlHub, 'utf16le')],
    [
      'Entra',
      'userPrincipalName,displayName,surname,mail,givenName,objectId,accountEnabled,department\nzoe_astrom,Zoë Åström,Åström,zoe@example.com,Zoë,1,True,Sales\n',
    ],
    [
      'an Entra template',
      'version:v1.0\nName [displayName] Required,User name [userPrincipalName] Required,First name [givenName],Last name [surname],Department [department]\nZoë Åström,zoe@example.com,Zoë,Åström,Sales\n',
    ],
    [
      'Okta',
      '\ufefflogin;firstName;lastName;email;department;status\nzoe_astrom;Zoë;Åström;zoe@example.com;Sales;ACTIVE\n',
    ],
    [
      'Google',
      'First Name [Required],Last Name [Required],Email Address [Required],Password [Required],Department\nZoë,Åström,zoe@example.com,****,Sales\n',
    ],
  ])('reads an export of %s', async (_of, content) => {
    await site()
    const { code, stdout } = await run('people', 'import', await file(content))
    expect([code, stdout]).toEqual([0, '1 person added to example.webex.com.\n'])
    const people = await exported('firstName', 'lastName', 'displayName', 'department', 'host', 'personalMeetingRoomId')
    expect(people).toEqual({ 'zoe@example.com': ['Zoë', 'Åström', 'Zoë Åström', 'Sales', 'yes', 'zoe'] })
  })

  it('imports nobody when a row is wrong, and says which and why; with --partial, imports the others', async () => {
    await site()
    const path = await file(
      [
        'email,displayName,personalMeetingRoomId,role',
        'ada@example.com,Ada,,',
        'nobody,No Address,,',
        'ADA@example.com,Ada Again,,',
        'ben@example.com,"Ben ""B""\nBitdiddle",no spaces,',
        'cyd@example.com,Cyd,chosen,',
        'dan@example.com,Dan,CHOSEN,',
        'eve@example.com,Eve,eve,attendee',
      ].join('\n'),
    )
    const refused = await run('people', 'import', path)
    expect(refused.code).toBe(3)
    expect(refused.stdout).toBe(
      [
        `${path} has 5 rows that cannot be imported:`,
        '  line 3: "nobody" is not an e-mail address.',
        '  line 4: ADA@example.com is already on line 2.',
        '  line 5: displayName has characters that cannot be shown.',
        '  line 8: Personal meeting room ID CHOSEN is already on line 7.',
        '  line 9: An attendee cannot have a personal meeting room ID.',
        'Nothing was imported; fix these rows, or add the other 2 people with --partial.',
        '',
      ].join('\n'),
    )
    expect(await exported('email')).toEqual({})
    const partial = await run('people', 'import', path, '--partial', '--json')
    expect(partial.code).toBe(3)
    expect(JSON.parse(partial.stdout)).toMatchObject({ added: 2, faulty: 5 })
    expect(await exported('personalMeetingRoomId')).toEqual({
      'ada@example.com': ['ada'],
      'cyd@example.com': ['chosen'],
    })
    const again = await run('people', 'import', path, '--partial')
    expect(again.stdout).toContain('0 people added to example.webex.com.\n2 people already exist and stay as they are.')
  })

  it("gives IDs by the site's rule, and keeps those from the file", async () => {
    await site()
    const rows = ['email,personalMeetingRoomLink', 'ada@example.com,', 'ada@example.org,']
    rows.push('cyd@example.com,https://example.webex.com/meet/ada', 'dan@example.com,')
    await run('people', 'import', await file(rows.join('\n')))
    expect(await exported('personalMeetingRoomId')).toEqual({
      'ada@example.com': ['ada2'],
      'ada@example.org': ['ada3'],
      'cyd@example.com': ['ada'],
      'dan@example.com': ['dan'],
    })
    const taken = await run('people', 'import', await file('email,roomId\nzoe@example.com,DAN\n'))
    expect(taken.stdout).toContain('line 2: Personal meeting room ID DAN is being used by someone else.')
  })

  it('writes no cell that a spreadsheet would run, and reads its own export back', async () => {
    await site()
    await run(
      'people',
      'import',
      await file('email,displayName,department,suspended\nada@example.com,=1+1,@SUM(A1),yes\n'),
    )
    const csv = join(folder, 'export.csv')
    await run('people', 'export', csv)
    const { stdout } = await run('people', 'export')
    expect(stdout).toContain("'=1+1")
    expect(stdout).toContain("'@SUM(A1)")

    await run('sites', 'add', 'other.webex.com')
    await run('people', 'import', csv, '--site', 'other.webex.com')
    const back = await run('people', 'export', '--site', 'other.webex.com')
    expect(back.stdout).toBe(stdout.replaceAll('/example.webex.com/', '/other.webex.com/'))
  })

  it('says what became of everybody who is no active host, and which columns were read', async () => {
    await site()
    const rows = [
      'mail,Name,Enabled,HostPrivilege,Title',
      'ada@example.com,Ada,True,HOST,Dr',
      'ben@example.com,Ben,False,,',
    ]
    const path = await file([...rows, 'cyd@example.com,Cyd,,ATTND,', '\u200bdan@example.com,Dan,,,'].join('\r\n'))
    const { code, stdout, stderr } = await run('people', 'import', path)
    expect([code, stdout.split('\n')]).toEqual([
      0,
      [
        '4 people added to example.webex.com.',
        '  1 disabled, blocked or inactive: added as suspended: the ID is reserved, the link is dead.',
        '  1 attendee: added without a room.',
        '  1 e-mail address read without invisible characters, or mailto:, SMTP: or <> around: line 5.',
        '',
      ],
    ])
    expect(stderr).toBe(
      `${path}: email from "mail"; displayName from "Name"; state from "Enabled", "HostPrivilege".\n  Not used: "Title".\n`,
    )
    expect(await exported('host', 'suspended', 'personalMeetingRoomId')).toEqual({
      'ada@example.com': ['yes', 'no', 'ada'],
      'ben@example.com': ['yes', 'yes', 'ben'],
      'cyd@example.com': ['no', 'no', ''],
      'dan@example.com': ['yes', 'no', 'dan'],
    })
    const again = await run('people', 'import', path, '--json')
    expect(JSON.parse(again.stdout)).toMatchObject({ present: 4, table: { notUsed: ['Title'] } })
  })

  it('reads standard input, pipes and <(…), which cannot be read twice', async () => {
    await site()
    const url = `sqlite:${join(folder, 'data', 'roomkey.sqlite')}`
    const csv = 'email\nada@example.com\n'
    const here = { env: { DATABASE_URL: url } }
    expect(await roomkey(['people', 'import', '-'], { ...here, input: csv })).toMatchObject({ code: 0 })
    const audited = 'email,roomId\nada@example.com,ada\n'
    expect(await roomkey(['audit', '/dev/stdin'], { ...here, input: audited })).toMatchObject({ code: 0 })
    const line = `"$0" "$1" people import <(printf 'email\\nben@example.com\\n')`
    const shell = spawnSync('bash', ['-c', line, process.execPath, program], { env: { ...process.env, ...here.env } })
    expect([shell.status, String(shell.stdout)]).toEqual([0, '1 person added to example.webex.com.\n'])
    expect(Object.keys(await exported('email'))).toEqual(['ada@example.com', 'ben@example.com'])
  })

  it.each([
    ['a folder', () => folder, 'is a folder; give the file in it.'],
    ['a file that is not there', () => join(folder, 'none.csv'), 'there is no such file or folder; check its name.'],
  ])('says of %s what it is, at every command that reads a table', async (_what, path, sentence) => {
    await site()
    for (const words of [
      ['people', 'import', path()],
      ['audit', path()],
      ['refresh', path(), '--site', 'example.webex.com'],
      ['plan', '--site', 'example.webex.com', '--people', path()],
    ]) {
      const { code, stderr } = await run(...words)
      expect([words, code, stderr]).toEqual([words, 2, expect.stringContaining(sentence)])
      expect(stderr.trim().split('\n')).toHaveLength(1)
    }
  })

  it('changes nothing with --dry-run', async () => {
    await site()
    const { stdout } = await run('people', 'import', await file('email\nada@example.com\n'), '--dry-run')
    expect(stdout).toBe('1 person would be added to example.webex.com; nothing was written.\n')
    expect(await exported('email')).toEqual({})
  })

  it.each([
    ['there is no site', 'email\na@b.c\n', 'There is no site yet; add one with roomkey sites add URL.'],
    [
      'there is no address',
      'name\nAda\n',
      'has no column with e-mail addresses; it has "name". Name one of them email.',
    ],
    ['the file is empty', '', 'people.csv is empty; its first line must name the columns.'],
    ['a quote is open', 'email,name\na@b.c,"Ada\n', 'a cell begins with a quote'],
    ['two columns have one name', 'email,Email\na@b.c,d@e.f\n', 'has two columns called "Email"'],
    [
      'the text is in another encoding',
      Buffer.from('email,name\na@b.c,\xe4\n', 'latin1'),
      'is neither UTF-8 nor UTF-16 (line 2',
    ],
  ])('says in one sentence when %s', async (what, content, words) => {
    if (what !== 'there is no site') await site()
    const { code, stderr } = await run('people', 'import', await file(content))
    expect(code).toBe(2)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain(words)
  })
})

describe('sites and tokens', () => {
  let folder: string

  beforeEach(async () => {
    folder = await temporaryFolder()
  })
  afterEach(() => removeFolder(folder))

  const run = (...words: string[]) =>
    roomkey(words, { env: { DATABASE_URL: `sqlite:${join(folder, 'roomkey.sqlite')}` } })

  it('adds, changes and lists sites', async () => {
    expect((await run('sites', 'add', 'example.webex.com')).code).toBe(0)
    expect((await run('sites', 'add', 'EXAMPLE.webex.com')).code).toBe(2)
    expect((await run('sites', 'add', 'not a host')).code).toBe(2)
    const changes = ['--method', 'username', '--custom-ids', 'off', '--quarantine', '7', '--approval', 'on']
    await run('sites', 'set', 'example.webex.com', ...changes)
    expect((await run('sites', 'set', 'example.webex.com')).code).toBe(2)
    expect(JSON.parse((await run('sites', 'list', '--json')).stdout)).toMatchObject([
      {
        siteUrl: 'example.webex.com',
        generationMethod: 'username',
        prefix: 'pr',
        length: 12,
        quarantineDays: 7,
        allowCustomUrl: false,
        minimumStrength: 0,
        movedPage: false,
        needsApproval: true,
      },
    ])
  })

  it('creates, lists and revokes tokens, and shows each once', async () => {
    await run('sites', 'add', 'example.webex.com')
    const words = ['token', 'create', 'rotation', '--scope', 'roomkey:admin', '--site', 'example.webex.com']
    const made = JSON.parse((await run(...words, '--expires', '90d', '--json')).stdout)
    expect(made.token).toMatch(/^rk_[\w-]{43}$/)
    const listed = await run('token', 'list', '--json')
    expect(listed.stdout).not.toContain(made.token)
    expect(JSON.parse(listed.stdout)).toMatchObject([
      { token_id: made.id, name: 'rotation', role: 'siteAdmin', sites: 'example.webex.com', revoked_at: null },
    ])
    expect((await run('token', 'revoke', made.id.slice(0, 8))).code).toBe(0)
    expect(JSON.parse((await run('token', 'list', '--json')).stdout)[0].revoked_at).toBeGreaterThan(0)
    expect((await run('token', 'create', 'x')).stderr).toContain('--scope')
    expect((await run('token', 'create', 'x', '--scope', 'everything')).code).toBe(2)
    expect((await run('token', 'create', 'x', '--scope', 'all', '--expires', '2001-01-01')).code).toBe(2)
    expect((await run('token', 'create', 'x', '--scope', 'all', '--site', 'nowhere.example')).code).toBe(2)
  })
})
