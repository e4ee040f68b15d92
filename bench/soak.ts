/**
 * Shows that nothing degrades under sustained load: memory, latency, the write-ahead log and the database file, while a
 * site is refreshed at a steady rate, `--share` of its capacity, and everything else continues that it does all day.
 * Exits with a code other than 0 if something grew, was lost or was answered wrongly.
 *
 *     npm run soak [-- --minutes 30] [--database sqlite|postgres] [--rooms 20000] [--ids-each 3000]
 *         [--share 0.7] [--out FOLDER]
 *
 * Ctrl-C ends it early with what it has. A terminal sends that to every process of the group, the service and
 * PostgreSQL too, so the soak runs in a group of its own and is stopped by a signal that only it gets.
 */
import { spawn } from 'node:child_process'

const program = new URL('./soak/run.ts', import.meta.url).pathname
const words = ['--import', 'tsx', program, ...process.argv.slice(2)]
const soak = spawn(process.execPath, words, { stdio: 'inherit', detached: true })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => soak.kill('SIGUSR2'))
soak.once('exit', code => {
  process.exitCode = code ?? 1
})
