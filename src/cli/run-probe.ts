/** Has a target probed: asks before it starts, shows what goes on, writes the profile. */
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import Table from 'cli-table3'
import { exitCodes, UserError } from '../errors.ts'
import { makeFolder } from '../files/make-folder.ts'
import { writePrivateFile } from '../files/private-file.ts'
import { dataFolder } from '../local/data-folder.ts'
import { JournalFile } from '../probe/journal.ts'
import { findRooms, probe, restoreEarlier } from '../probe/probe.ts'
import type { ProbeDeps, TestRoom } from '../probe/target.ts'
import { inWords, type Question, type TargetProfile } from '../probe/target-profile.ts'
import { normalBaseUrl } from '../webex/calls/calls.ts'
import { systemClock } from '../webex/calls/clock.ts'
import { explainingTarget } from './options/target-route.ts'
import { targetTokens, targetUrl } from './options/target-tokens.ts'

interface ProbeOptions {
  site?: string | undefined
  people?: string | undefined
  target: string
  out: string
  patience: number
  burst: number
  restore?: true | undefined
  yes?: true | undefined
  data?: string | undefined
  json?: true | undefined
}

export async function runProbe(options: ProbeOptions): Promise<void> {
  const folder = dataFolder(options.data)
  makeFolder(folder)
  const journal = new JournalFile(join(folder, 'probe.json'))
  const { site, people } = options
  if (!options.restore && (site === undefined || people === undefined)) {
    throw new UserError('Name a test site with --site, and three of its people with --people.')
  }
  await explainingTarget(async () => {
    const earlier = journal.read()
    if (earlier !== undefined) {
      const { target, siteUrl } = earlier
      const deps = depsFor({ ...options, target }, normalBaseUrl(target), siteUrl)
      tell(`A probe of ${siteUrl} did not end (${earlier.began}): its rooms are put back first.`)
      said(await restoreEarlier(deps, earlier, journal), journal)
      if (options.restore) process.stdout.write('Every room has its ID back.\n')
    } else if (options.restore) process.stdout.write('No probe has left anything to put back.\n')
    if (options.restore) return

    const stop = stopSignal()
    const deps = { ...depsFor(options, targetUrl(options), site!), signal: stop }
    const rooms = await findRooms(
      deps,
      people!.split(',').map(email => email.trim()),
      earlier,
    )
    await confirm(rooms, deps, options)
    const { profile, left } = await probe(deps, rooms, journal)
    if (profile !== undefined) {
      writePrivateFile(options.out, `${JSON.stringify(profile, null, 2)}\n`)
      show(profile, options)
    }
    said(left, journal, profile?.answers.lastHolder === 'waits')
    if (profile === undefined) throw new UserError('Stopped; every room has its ID back.', exitCodes.stopped)
    if (!options.json) process.stdout.write('Every room has its ID back.\n')
  })
}

function depsFor(options: ProbeOptions, baseUrl: string, siteUrl: string): ProbeDeps {
  const { patience: patienceMs, burst } = options
  const token = targetTokens(baseUrl, options)
  return { baseUrl, siteUrl, fetch, token, clock: systemClock, patienceMs, burst, tell }
}

function tell(words: string): void {
  process.stderr.write(`${words}\n`)
}

/** @throws UserError for rooms that are not what they were */
function said(left: readonly TestRoom[], { path }: JournalFile, waits = false): void {
  if (left.length === 0) return
  const rooms = left.map(({ email, originalId }) => `${email} (${originalId})`).join(', ')
  const why = waits ? 'The target does not give an ID back at once. ' : ''
  throw new UserError(
    `${why}Not back to their IDs: ${rooms}. Run roomkey probe --restore later, which knows them from ${path}, or set them by hand.`,
    exitCodes.stopped,
  )
}

/** @throws UserError where nobody says yes */
async function confirm(
  rooms: readonly TestRoom[],
  { siteUrl, baseUrl }: ProbeDeps,
  { yes }: ProbeOptions,
): Promise<void> {
  const about = [
    `The rooms of three people of ${siteUrl} at ${new URL(baseUrl).host} get other IDs for a while, and then their own again:`,
    ...rooms.map(({ email, originalId }) => `  ${email}  ${originalId}`),
    'Until then, their links do not work. Use test people of a sandbox, whose rooms nobody has changed within the last hour.',
  ]
  tell(about.join('\n'))
  if (yes) return
  if (!process.stdin.isTTY) throw new UserError('Nobody can be asked here; add --yes to start.')
  const prompt = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await prompt.question('Start? (yes/no) ').finally(() => prompt.close())
  if (!/^y(es)?$/i.test(answer.trim())) throw new UserError('Not started; nothing was changed.')
}

/** Aborted at the first Ctrl-C; a second one ends the process at once, and the journal stays. */
function stopSignal(): AbortSignal {
  const stop = new AbortController()
  const end = () => (stop.signal.aborted ? process.exit(exitCodes.stopped) : stop.abort())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  return stop.signal
}

function show(profile: TargetProfile, { json, out }: ProbeOptions): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(profile, null, 2)}\n`)
    return
  }
  const table = new Table({
    head: ['question', 'answer', 'what was asked'],
    style: { head: [], border: [] },
    colWidths: [null, null, 60],
    wordWrap: true,
  })
  for (const [question, answer] of Object.entries(profile.answers)) {
    table.push([question, String(answer), inWords(question as Question)])
  }
  process.stdout.write(`${table.toString()}\nThe answers and their evidence are in ${out}.\n`)
}
