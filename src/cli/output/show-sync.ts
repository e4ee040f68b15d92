/** Shows the reading of a site on standard error: a line that is kept up to date on a terminal, now and then one in a log. */
import type { SyncProgress } from '../../directory/sync/sync-deps.ts'
import { integer } from '../../messages/numbers.ts'
import { sayTime } from './show-progress.ts'

const lineEveryMs = 5_000

export function showSync(): { report: (progress: SyncProgress) => void; end: () => void } {
  let lastLineAt = Date.now()
  return {
    report(progress) {
      const words = saySync(progress)
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${words}`)
      else if (Date.now() - lastLineAt > lineEveryMs) {
        lastLineAt = Date.now()
        process.stderr.write(`${words}\n`)
      }
    },
    end() {
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    },
  }
}

export function saySync({ phase, listed, oddEntries, rooms, unread, failed, roomsPerMinute }: SyncProgress): string {
  const odd = oddEntries === 0 ? '' : `, ${integer(oddEntries)} entries of the list say too little to be anybody`
  if (phase === 'list') return `${integer(listed)} people listed${odd}`
  const words = [`${integer(rooms - unread)} of ${integer(rooms)} rooms read`]
  if (failed > 0) words.push(`${integer(failed)} of them could not be`)
  if (roomsPerMinute !== null && roomsPerMinute > 0) {
    words.push(`${integer(roomsPerMinute)} a minute`)
    if (unread > 0) words.push(`${sayTime((unread / roomsPerMinute) * 60)} left`)
  }
  return words.join(', ')
}
