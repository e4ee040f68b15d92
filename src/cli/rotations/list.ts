import Table from 'cli-table3'
import { exitCodes } from '../../errors.ts'
import { render } from '../../messages/render.ts'
import { checkRotation } from '../../rotations/afterwards/check.ts'
import { type Activity, currentState, keyOf } from '../../rotations/lifecycle.ts'
import { listRotations, type Rotation } from '../../store/rotations/rotations.ts'
import { fromStored } from '../../store/stored-message.ts'
import type { Command } from '../command.ts'
import { databaseOption, dataOption } from '../options/data-options.ts'
import { type RotationOptions, rotationOptions } from '../options/rotation-options.ts'
import { requireRotation, withRotations } from './rotation-commands.ts'

export const rotations: Command = {
  name: 'rotations',
  description: 'List rotations, or check one for tampering',
  setUp(command) {
    command
      .addOption(dataOption())
      .addOption(databaseOption())
      .option('--json', 'print JSON')
      .action(options =>
        withRotations(options, async ({ store, active }) => {
          const all = await listRotations(store.db)
          const json = () =>
            JSON.stringify(
              all.map(each => asJson(each, active)),
              null,
              2,
            )
          process.stdout.write(options.json ? `${json()}\n` : renderRotations(all, active))
        }),
      )

    rotationOptions(
      command.command('check').description('Check the plan and the journal against their hashes') as never,
    ).action((name, own, check) => {
      // The command above takes options of the same names, and gets them wherever they stand.
      const options: RotationOptions & { json?: true } = { ...own, ...(check.optsWithGlobals() as RotationOptions) }
      return withRotations(options, async context => {
        const rotation = await requireRotation(context, name, options.site)
        const faults = await checkRotation(context.store.db, keyOf(rotation))
        const { rotation: number, site_url: site } = rotation
        const json = { rotation: number, site, whole: faults.length === 0, faults }
        process.stdout.write(options.json ? `${JSON.stringify(json, null, 2)}\n` : renderFaults(rotation, faults))
        if (faults.length > 0) process.exitCode = exitCodes.refusedItems
      })
    })
  },
}

function renderFaults({ rotation, site_url }: Rotation, faults: string[]): string {
  const words =
    faults.length === 0 ? 'is whole: the plan, the journal and every room agree' : `has ${faults.length} faults`
  return [...faults.slice(0, 100), `Rotation ${rotation} of ${site_url} ${words}.`].map(line => `${line}\n`).join('')
}

function renderRotations(all: Rotation[], active: Activity): string {
  if (all.length === 0) return 'There are no rotations yet; make one with roomkey plan.\n'
  const table = new Table({
    head: ['rotation', 'site', 'state', 'people', 'planned', 'hash'],
    style: { head: [], border: [] },
  })
  for (const each of all) {
    const { rotation, site_url, choice, created_at, plan_hash } = each
    const planned = new Date(created_at).toISOString().slice(0, 16).replace('T', ' ')
    const who = render(fromStored(choice))
    table.push([rotation, site_url, currentState(each, active), who, planned, plan_hash?.slice(0, 16) ?? ''])
  }
  return `${table.toString()}\n`
}

function asJson(each: Rotation, active: Activity) {
  const { rotation, site_url, choice, created_at, plan_hash, undo_of, target } = each
  const plannedAt = new Date(created_at).toISOString()
  return {
    rotation,
    site: site_url,
    state: currentState(each, active),
    people: render(fromStored(choice)),
    target,
    undoOf: undo_of,
    plannedAt,
    hash: plan_hash,
  }
}
