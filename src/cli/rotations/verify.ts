import { exitCodes, UserError } from '../../errors.ts'
import { render } from '../../messages/render.ts'
import type { VerifyWish } from '../../rotations/afterwards/verify.ts'
import { type VerifiedRotation, verifyRotation } from '../../rotations/use-cases/verify.ts'
import type { Command } from '../command.ts'
import { wholeNumber } from '../options/options.ts'
import { paceOptions } from '../options/pace-options.ts'
import { rotationOptions } from '../options/rotation-options.ts'
import { reasonJson } from '../output/reasons.ts'
import { showCount } from '../output/show-progress.ts'
import { orThrow } from './refusals.ts'
import { requireRotation, withRotations } from './rotation-commands.ts'

export const verify: Command = {
  name: 'verify',
  description: 'Read every room back that may have been changed',
  setUp(command) {
    const described = rotationOptions(command)
      .option('--list', 'take the list of people first, if a sample of it agrees, and read what it does not show')
      .option('--sample <n>', 'read only so many rooms, drawn at random', wholeNumber(1, 1_000_000))
      .option('--json', 'print JSON')
      .action((name, options) =>
        withRotations(options, async context => {
          const rotation = await requireRotation(context, name, options.site)
          const progress = showCount('rooms read')
          const reading = verifyRotation(context, rotation, { onProgress: progress.count, wish: wishOf(options) })
          const verified = orThrow(await reading.finally(progress.end), rotation.rotation)
          process.stdout.write(options.json ? renderJson(verified) : renderVerified(verified, name))
          if (verified.wrongs > 0 || verified.changedSince.length > 0) process.exitCode = exitCodes.refusedItems
          else if (verified.notYetVisible + verified.notRead > 0 || verified.state !== 'finished')
            process.exitCode = exitCodes.stopped
        }),
      )
    paceOptions(described)
  },
}

function wishOf({ list, sample }: { list?: true; sample?: number }): VerifyWish {
  if (list && sample !== undefined) throw new UserError('Choose --list or --sample, not both.')
  if (list) return { how: 'list' }
  return sample === undefined ? { how: 'each' } : { how: 'sample', rooms: sample }
}

function renderJson({ unreadable, ...verified }: VerifiedRotation): string {
  const rooms = unreadable.map(({ email, reason }) => ({ email, ...reasonJson(reason) }))
  return `${JSON.stringify({ ...verified, unreadable: rooms }, null, 2)}\n`
}

function renderVerified(verified: VerifiedRotation, name: string): string {
  const { changed, notYetVisible, unread, changedSince, wrong, wrongs, open, tellableAt, state } = verified
  const lines = [...sayHow(verified)]
  lines.push(`${changed} rooms carry their new ID, ${notYetVisible} do not show it yet, ${wrongs} are wrong.`)
  for (const { email, expected, found } of wrong) lines.push(`  ${email}: expected ${expected}, found ${found}`)
  for (const { rotation, rooms } of changedSince) {
    const by = rotation === null ? 'by their host or an administrator' : `by rotation ${rotation}`
    lines.push(`${rooms} have been changed since ${by}.`)
  }
  if (unread > 0)
    lines.push(`Of those that do not show it, ${unread} could not be read: the target's answer is unclear.`)
  for (const { email, reason } of verified.unreadable) lines.push(`  ${email}: ${render(reason)}`)
  if (tellableAt !== null) lines.push(`A change may take half an hour to show; verify again from ${tellableAt} on.`)
  if (state !== 'finished') {
    const next = state === 'running' ? `see roomkey status ${name}` : `resume it with roomkey resume ${name}`
    lines.push(`The rotation has not ended: ${open} rooms are still to be changed, or it is not known; ${next}.`)
  }
  return `${lines.join('\n')}\n`
}

/** What was read, and what was not. */
function* sayHow({
  list,
  listed,
  notRead,
  mayBeWrong,
  changed,
  goneOnSince,
  ...found
}: VerifiedRotation): Generator<string> {
  const read = changed + found.notYetVisible + found.wrongs
  if (goneOnSince !== null)
    yield `This goes on with a verification that was interrupted: what was read since ${goneOnSince} counts.`
  if (list !== null) {
    const { verdict, agree, differ, unread } = list
    const sample = `${agree} of a sample of ${agree + differ + unread} rooms agree with the list of people`
    yield verdict === 'agrees'
      ? `${listed} rooms are shown with their new ID by that list and were not read: ${sample}.`
      : `The list of people is not believed, and all rooms were read: ${sample}.`
  }
  if (notRead > 0) {
    yield `${read} of ${read + notRead} rooms were read, drawn at random; ${notRead} were not. At most ${mayBeWrong} of these are wrong, at 95% certainty.`
  }
}
