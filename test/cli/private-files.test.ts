import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type ChildService,
  program,
  removeFolder,
  roomkey,
  serve,
  stop,
  temporaryFolder,
} from '../../devtools/child-service.ts'

/** Every command that writes a file with links or names. `F` is the folder to write to, `D` the data folder. */
const writers: [what: string, words: string[]][] = [
  ['a plan', ['plan', '--site', 'example.webex.com', '--out', 'F/plan.csv']],
  ['a report as a page', ['report', '1', '--out', 'F/report.html']],
  ['a report as CSV', ['report', '1', '--format', 'csv', '--out', 'F/report.csv']],
  ['a report as JSON lines', ['report', '1', '--format', 'jsonl', '--out', 'F/report.jsonl']],
  ['letters', ['report', '1', '--letters', 'F/letters']],
  ['an audit as a page', ['audit', '--report', 'F/audit.html']],
  ['an audit as CSV', ['audit', '--csv', 'F/audit.csv']],
  ['an export', ['people', 'export', 'F/people.csv']],
  ['a backup', ['db', 'backup', 'F/backup.sqlite']],
  ['a copy of the database', ['db', 'copy', 'sqlite:D/roomkey.sqlite', 'sqlite:F/copy.sqlite']],
]

describe('files that hold links', () => {
  let data: string
  let service: ChildService
  beforeAll(async () => {
    data = await temporaryFolder()
    service = await serve(data, ['--demo', '600'])
    const plan = ['plan', '--site', 'example.webex.com', '--out', join(data, 'first.csv')]
    for (const words of [plan, ['run', '1'], ['verify', '1']]) {
      expect(await roomkey([...words, '--data', data])).toMatchObject({ code: 0 })
    }
  }, 60_000)
  afterAll(async () => {
    await stop(service)
    await removeFolder(data)
  })

  /** Runs a command as a shell would after `set`, such as `umask 000`. */
  async function under(set: string, words: string[], env: Record<string, string> = {}) {
    const child = spawn('sh', ['-c', `${set}; exec "$@"`, 'sh', process.execPath, program, ...words], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    child.stderr.on('data', text => {
      stderr += text
    })
    const [code] = await once(child, 'close')
    return { code: code as number | null, stderr }
  }

  const into = (folder: string, words: string[]) => [
    ...words.map(word => word.replace(/^(sqlite:)?F\//, `$1${folder}/`).replace('sqlite:D/', `sqlite:${data}/`)),
    ...(words[1] === 'copy' ? [] : ['--data', data]),
  ]
  const modes = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).map(entry => {
      const path = join(entry.parentPath, entry.name)
      return `${(statSync(path).mode & 0o777).toString(8)} ${entry.isDirectory() ? 'folder' : 'file'}`
    })

  it('are readable by their owner alone, whatever the umask, and whatever was there', async () => {
    const folder = await temporaryFolder()
    for (const name of ['report.html', 'audit.csv', 'people.csv']) {
      writeFileSync(join(folder, name), 'old')
      chmodSync(join(folder, name), 0o644)
    }
    for (const [what, words] of writers) {
      expect([what, await under('umask 000', into(folder, words))]).toEqual([
        what,
        { code: 0, stderr: expect.anything() },
      ])
    }
    expect(new Set(modes(folder))).toEqual(new Set(['600 file', '700 folder']))
    expect(readdirSync(folder).filter(name => name.startsWith('.'))).toEqual([])
    expect(readFileSync(join(folder, 'people.csv'), 'utf8')).toContain('john.andersen@example.com')
    await removeFolder(folder)
  }, 120_000)

  it('are not there where the disk was full: one sentence, and exit code 2', async () => {
    for (const [what, words] of writers) {
      // In half KiB: letters and the audit's page are short.
      const blocks = what === 'letters' ? 0 : what === 'an audit as a page' ? 8 : 100
      const folder = await temporaryFolder()
      if (what === 'letters') mkdirSync(join(folder, 'letters'))
      const ran = await under(`ulimit -f ${blocks}`, into(folder, words))
      expect([what, ran.code, ran.stderr]).toEqual([
        what,
        2,
        expect.stringMatching(/^(?!.*bug)([^\n]*\n)?roomkey: [^\n]*(EFBIG|disk|written now)[^\n]*\n$/s),
      ])
      expect([what, modes(folder).filter(mode => mode.endsWith('file'))]).toEqual([what, []])
      await removeFolder(folder)
    }
  }, 120_000)

  it('leave nothing unfinished when their process is asked to end; the next one removes what a kill has left', async () => {
    const folder = await temporaryFolder()
    const unfinished = () => readdirSync(folder)
    const half = "async to => { to.write('half'); await new Promise(resolve => setTimeout(resolve, 60_000)) }"
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL'] as const) {
      const slow = inProcess(
        `(await import('#roomkey/files/private-file.js')).streamPrivateFile(${JSON.stringify(join(folder, 'slow'))}, ${half})`,
      )
      await expect
        .poll(() => unfinished().map(name => statSync(join(folder, name)).size), { timeout: 20_000 })
        .toEqual([4])
      slow.kill(signal)
      await once(slow, 'exit')
      expect([signal, slow.signalCode, unfinished().length]).toEqual([signal, signal, signal === 'SIGKILL' ? 1 : 0])
    }
    expect(await roomkey(into(folder, ['people', 'export', 'F/people.csv']))).toMatchObject({ code: 0 })
    expect(unfinished()).toEqual(['people.csv'])
    await removeFolder(folder)
  }, 60_000)

  it('are not replaced where they are no files', async () => {
    const folder = await temporaryFolder()
    const cases: [out: string, code: number, said: RegExp][] = [
      ['/dev/null', 0, /^$/],
      [folder, 2, /^roomkey: Cannot write [^\n]*: it is a folder, not a file; name a file in it/],
      [
        join(folder, 'none', 'report.csv'),
        2,
        /^roomkey: Cannot write [^\n]*: its folder does not exist; make that folder/,
      ],
      [join(folder, 'x'.repeat(300)), 2, /^roomkey: Cannot write [^\n]*: the name is too long; name another one/],
    ]
    for (const [out, code, said] of cases) {
      for (const words of [
        ['report', '1', '--out', out],
        ['audit', '--report', out],
        ['people', 'export', out],
      ]) {
        expect([words, await roomkey([...words, '--data', data])]).toMatchObject([
          words,
          { code, stderr: expect.stringMatching(said) },
        ])
      }
    }
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
    expect(readdirSync(folder)).toEqual([])
    await removeFolder(folder)
  }, 60_000)
})

/** Node with a script that may import modules of the program. */
function inProcess(script: string, env: Record<string, string> = {}) {
  const cwd = new URL('../..', import.meta.url).pathname
  return spawn(process.execPath, ['-e', `(async () => {${script}})()`], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

it("a rehearsal's database leaves nothing behind, even when its process is killed", async () => {
  const folder = await temporaryFolder()
  const holding = inProcess(
    `const { openStore } = await import('#roomkey/store/open-store.js')
     const store = await openStore('sqlite::memory:')
     const { addAdministrator } = await import('#roomkey/local/add-administrator.js')
     for (let number = 0; number < 300; number += 1) await addAdministrator(store, 'token ' + number, 'x'.repeat(50_000), null)
     const rows = await store.db.selectFrom('token').select('name').execute()
     console.log(rows.length)
     setTimeout(() => {}, 60_000)`,
    { TMPDIR: folder },
  )
  expect(String((await once(holding.stdout!, 'data'))[0])).toBe('300\n')
  holding.kill('SIGKILL')
  await once(holding, 'exit')
  expect(readdirSync(folder)).toEqual([])
  await removeFolder(folder)
}, 30_000)

describe('a data folder that others may write to', () => {
  // Root's own folders may be open to a group that only a container has; this one is ours.
  it.each([
    ['by everybody', 0o777],
    ['by everybody, as /tmp is', 0o1777],
    ['by its group', 0o770],
  ])(
    'is refused: %s',
    async (_who, mode) => {
      const folder = await temporaryFolder()
      chmodSync(folder, mode)
      for (const words of [
        ['serve', '--port', '0'],
        ['sites', 'list'],
        ['db', 'check'],
        ['audit', '--target', 'webex', '--site', 'example.webex.com'],
      ]) {
        expect([words, await roomkey([...words, '--data', folder])]).toMatchObject([
          words,
          {
            code: 2,
            stderr: expect.stringMatching(
              /^roomkey: Others may write to the data folder [^\n]*; close it with chmod go-w [^\n]*\n$/,
            ),
          },
        ])
      }
      expect(readdirSync(folder)).toEqual([])
      await removeFolder(folder)
    },
    30_000,
  )

  it('is refused where they could put another one in its place', async () => {
    const folder = await temporaryFolder()
    chmodSync(folder, 0o777)
    const { code, stderr } = await roomkey(['sites', 'list', '--data', join(folder, 'data')])
    expect([code, stderr]).toEqual([2, expect.stringMatching(/could replace|replace the data folder/)])
    expect(existsSync(join(folder, 'data'))).toBe(false)
    await removeFolder(folder)
  })
})
