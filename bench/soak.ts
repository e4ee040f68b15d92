/**
 * Shows that nothing creeps under lasting load: memory, latency, the write-ahead log and the database file, while a site
 * is refreshed at a steady rate, `--share` of what it can do, and everything else goes on that it does all day. Ends with
 * a code other than 0 where something crept, was lost or was answered as it should not be.
 *
 *     npm run soak [-- --minutes 30] [--database sqlite|postgres] [--rooms 20000] [--ids-each 3000]
 *         [--share 0.7] [--out FOLDER]
 *
 * Ctrl-C ends it early with what it has. A terminal sends that to every process of the group, the service and
 * PostgreSQL too, so the soak runs in a group of its own and is told by a signal that nobody else gets.
 */
import { spawn } from 'node:child_process'

const program = new URL('./soak/run.ts', import.meta.url).pathname
const words = ['--import', 'tsx', program, ...process.argv.slice(2)]
const soak = spawn(process.execPath, words, { stdio: 'inherit', detached: true })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => soak.kill('SIGUSR2'))
soak.once('exit', code => {
  process.exitCode = code ?? 1
})
