import { exitCodes } from '../../errors.ts'
import { type VerifiedRotation, verifyRotation } from '../../rotations/use-cases/verify.ts'
import type { Command } from '../command.ts'
import { paceOptions } from '../options/pace-options.ts'
import { rotationOptions } from '../options/rotation-options.ts'
import { showCount } from '../output/show-progress.ts'
import { orThrow } from './refusals.ts'
import { requireRotation, withRotations } from './rotation-commands.ts'

export const verify: Command = {
  name: 'verify',
  description: 'Read every room back that may have been changed',
  setUp(command) {
    const described = rotationOptions(command)
      .option('--json', 'print JSON')
      .action((name, options) =>
        withRotations(options, async context => {
          const rotation = await requireRotation(context, name, options.site)
          const progress = showCount('rooms read')
          const reading = verifyRotation(context, rotation, { onProgress: progress.count })
          const verified = orThrow(await reading.finally(progress.end), rotation.rotation)
          process.stdout.write(options.json ? `${JSON.stringify(verified, null, 2)}\n` : renderVerified(verified, name))
          if (verified.wrongs > 0 || verified.changedSince.length > 0) process.exitCode = exitCodes.refusedItems
          else if (verified.notYetVisible > 0 || verified.state !== 'finished') process.exitCode = exitCodes.stopped
        }),
      )
    paceOptions(described)
  },
}

function renderVerified(verified: VerifiedRotation, name: string): string {
  const { changed, notYetVisible, unread, changedSince, wrong, wrongs, open, tellableAt, state } = verified
  const lines = [`${changed} rooms carry their new ID, ${notYetVisible} do not show it yet, ${wrongs} are wrong.`]
  for (const { email, expected, found } of wrong) lines.push(`  ${email}: expected ${expected}, found ${found}`)
  for (const { rotation, rooms } of changedSince) {
    const by = rotation === null ? 'by their host or an administrator' : `by rotation ${rotation}`
    lines.push(`${rooms} have been changed since ${by}.`)
  }
  if (unread > 0)
    lines.push(`Of those that do not show it, ${unread} could not be read: the target's answer is unclear.`)
  if (tellableAt !== null) lines.push(`A change may take half an hour to show; verify again from ${tellableAt} on.`)
  if (state !== 'finished') {
    const next = state === 'running' ? `see roomkey status ${name}` : `resume it with roomkey resume ${name}`
    lines.push(`The rotation has not ended: ${open} rooms are still to be changed, or it is not known; ${next}.`)
  }
  return `${lines.join('\n')}\n`
}
