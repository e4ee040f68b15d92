/** Whoever reads the output of a command may close it early, as `head` does. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { program, removeFolder, roomkey, temporaryFolder } from '../../devtools/child-service.ts'

it('ends quietly when its output is closed', async () => {
  const folder = await temporaryFolder()
  try {
    const rows = Array.from({ length: 3000 }, (_, index) => `p${index}@example.com,P,${index},p${index}`)
    await writeFile(join(folder, 'people.csv'), `email,firstName,lastName,personalMeetingRoomId\n${rows.join('\n')}\n`)
    const where = ['--data', folder]
    await roomkey(['sites', 'add', 'example.webex.com', ...where])
    const imported = await roomkey([
      'people',
      'import',
      join(folder, 'people.csv'),
      '--site',
      'example.webex.com',
      ...where,
    ])
    expect(imported).toMatchObject({ code: 0 })
    const child = spawn(process.execPath, [program, 'people', 'export', '--site', 'example.webex.com', ...where], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const errors = text(child.stderr)
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const [code] = await once(child, 'close')
    expect(await errors).toBe('')
    expect(code).toBe(0)
  } finally {
    await removeFolder(folder)
  }
})
