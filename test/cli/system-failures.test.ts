/** Files, disks, pipes and ports that refuse, through the command: one sentence, exit code 2, and no stack. */
import { symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeFolder, roomkey, temporaryFolder } from '../../devtools/child-service.ts'

const site = 'example.webex.com'
let folder: string

beforeAll(async () => {
  folder = await temporaryFolder()
  await writeFile(`${folder}/rooms.csv`, `email,personalMeetingRoomLink\na@example.com,https://${site}/meet/a\n`)
  await symlink('circle', `${folder}/circle`)
  expect(await roomkey(['sites', 'add', site, '--data', 'data'], { cwd: folder })).toMatchObject({ code: 0 })
})
afterAll(() => removeFolder(folder))

/** The words of a command, and what it says. `/dev/full` is a disk without space, `/proc/self/mem` one that fails. */
const refused: [string, string | RegExp][] = [
  ['audit .', '. is a folder'],
  ['contract .', 'Cannot read .: it is a folder, not a file; name a file in it.'],
  ['audit circle', 'Cannot read circle: its links lead in a circle; check its name.'],
  ['audit rooms.csv/rooms.csv', 'a part of this path is a file, not a folder; check its name.'],
  ['audit /proc/self/mem', 'the disk or device does not work'],
  ['audit rooms.csv --csv no/rooms.csv', 'its folder does not exist; make that folder first, or give another file.'],
  ['audit rooms.csv --report /dev/full', 'free some space, then try again.'],
  [`people export /dev/full --site ${site} --data data`, 'free some space, then try again.'],
  [
    `people export no/people.csv --site ${site} --data data`,
    'its folder does not exist; make that folder first, or give another file.',
  ],
  [
    'db backup no/backup --data data',
    /no\/backup: its folder does not exist; make that folder first, or give another file\.$/,
  ],
  ['serve --data rooms.csv --port 0', 'give a folder that you may write to with --data.'],
  ['serve --data data --port 0 --host 8.8.8.8', 'this machine has no such address; check --host and --port.'],
]

it.each(refused)('roomkey %s', async (words, sentence) => {
  const { code, stderr } = await roomkey(words.split(' '), { cwd: folder })
  expect(stderr.trim()).toEqual(
    sentence instanceof RegExp ? expect.stringMatching(sentence) : expect.stringContaining(sentence),
  )
  expect(stderr).not.toMatch(/bug|\n\s+at /)
  expect(code).toBe(2)
})

it('a port that is in use', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => holder.once('listening', resolve))
  const { port } = holder.address() as { port: number }
  try {
    const { code, stderr } = await roomkey(['serve', '--data', 'data', '--port', String(port)], { cwd: folder })
    expect([code, stderr]).toEqual([
      2,
      `roomkey: Port ${port} is in use; give another one with --port, or stop what uses it.\n`,
    ])
  } finally {
    holder.close()
  }
})

it('reads a pipe as it reads a file', async () => {
  const { code, stdout } = await roomkey(['audit', '/dev/stdin'], {
    cwd: folder,
    input: `email,personalMeetingRoomLink\na@example.com,https://${site}/meet/a\n`,
  })
  expect([code, stdout]).toEqual([0, expect.stringContaining('1 room')])
})
