/**
 * A rotation and its target with an unreliable network between them, while both are killed: in the end every room was
 * changed exactly once. With system-generated IDs, because a batch sent twice would then change rooms twice.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, it } from 'vitest'
import { openStore } from '#roomkey/store/open-store.js'
import { Chance } from '../../devtools/chance.ts'
import { program, removeFolder, roomkey, serve, stop, temporaryFolder, tokenOf } from '../../devtools/child-service.ts'
import { emptyDatabase, engines } from '../support/engines.ts'
import { startProxy } from '../support/proxy.ts'
import { strike } from './nemesis.ts'
import { seconds, seed } from './settings.ts'
import { canForbidWriting, forbidWriting } from './small-disk.ts'
import { Tally } from './tally.ts'
import { wrongClock } from './wrong-clock.ts'

/** A rotation of this size takes about as long as the faults last. */
const people = Math.min(20_000, 150 * seconds)

it.each(engines)(
  `%s: chaos between a rotation and its target changes ${people} rooms once each (seed ${seed})`,
  {
    timeout: seconds * 3000 + 300_000,
  },
  async kind => {
    const tally = new Tally(`Rotation, ${kind}`)
    const chance = new Chance(seed)
    const targetFolder = await temporaryFolder()
    const clock = await wrongClock()
    const { folder } = clock
    const [targetDatabase, database] = [await emptyDatabase(kind), await emptyDatabase(kind)]
    const startTarget = (...words: string[]) => serve(targetFolder, ['--database', targetDatabase.url, ...words])
    let target = await startTarget('--demo', String(people))
    const proxy = await startProxy({ host: '127.0.0.1', port: portOf(target.url) })
    const env = { ...process.env, ...clock.env, ROOMKEY_TOKEN: await tokenOf(targetFolder) }
    const own = ['--data', folder, '--database', database.url]
    const url = `http://127.0.0.1:${proxy.port}`

    const plan = ['plan', '--site', 'example.webex.com', '--ids', 'system', '--target', url]
    expect(await roomkey([...plan, ...own], { env, cwd: folder })).toMatchObject({ code: 0 })

    let engine: ChildProcess | undefined
    let said = ''
    const ends: (number | null)[] = []
    /** Runs it and resumes it, whatever its outcome, until it is finished. */
    async function runToTheEnd(): Promise<void> {
      for (let begun = false; ; ) {
        engine = spawn(process.execPath, [program, begun ? 'resume' : 'run', '1', ...own], { env })
        said = ''
        engine.stderr!.on('data', data => {
          said += data
        })
        engine.stdout!.resume()
        const [code] = (await once(engine, 'close')) as [number | null]
        ends.push(code)
        if (code === 0) return
        // Killed, stopped because the target is down, or killed before it began.
        expect([code, said]).toEqual([expect.toBeOneOf([null, 4, 2]), expect.not.stringContaining('bug in Roomkey')])
        if (code === 2) begun = !begun
        else begun = true
        if (ends.length > 1000) throw new Error(`It never ends: ${said}`)
      }
    }

    let over = false
    const running = runToTheEnd().finally(() => {
      over = true
    })
    running.catch(() => undefined)
    const moment = (most: number) => sleep(chance.between(50, most))
    await strike({
      chance,
      tally,
      until: Date.now() + seconds * 1000,
      isOver: () => over,
      harms: {
        async latency() {
          proxy.delay(chance.between(5, 100))
          await moment(1000)
          proxy.delay(0)
        },
        async reset() {
          proxy.reset()
        },
        async blackhole() {
          proxy.swallow(true)
          await moment(3500)
          if (chance.next() < 0.5) proxy.reset()
          proxy.swallow(false)
        },
        async 'cut after some bytes'() {
          proxy.cutAfter(chance.between(1, 20_000))
          await moment(300)
          proxy.cutAfter(Number.POSITIVE_INFINITY)
        },
        async 'refused connections'() {
          proxy.refuse(true)
          await moment(1000)
          proxy.refuse(false)
        },
        ...(canForbidWriting() && kind === 'sqlite'
          ? {
              async 'engine may not write'() {
                if (engine?.exitCode === null) forbidWriting(engine.pid!, true)
              },
            }
          : {}),
        async 'clock of the engine an hour back'() {
          await clock.shift(-3_600_000)
        },
        async 'clock of the engine set right'() {
          await clock.shift(0)
        },
        async 'engine killed'() {
          engine?.kill('SIGKILL')
        },
        async 'engine stopped'() {
          engine?.kill('SIGTERM')
        },
        async 'target killed'() {
          await stop(target, 'SIGKILL')
          await moment(1000)
          target = await startTarget()
          proxy.leadTo(portOf(target.url))
        },
      },
    })
    await running

    expect(await roomkey(['verify', '1', ...own], { env })).toMatchObject({ code: 0 })
    expect(await roomkey(['rotations', 'check', '1', ...own])).toMatchObject({ code: 0 })
    for (const { url: checked } of [database, targetDatabase]) {
      expect(await roomkey(['db', 'check', '--database', checked])).toMatchObject({ code: 0, stderr: '' })
    }
    const { batches, acknowledged, lost, wrong } = await hold(database.url, targetDatabase.url)
    Object.assign(tally, { batches, acknowledged, lost })
    tally.report(inject('chaosTally'))
    process.stdout.write(`Rotation: ${ends.length} runs of the engine, the last one to the end\n`)
    expect({ lost, wrong }).toEqual({ lost: 0, wrong: [] })
    expect(acknowledged).toBeGreaterThan(people / 2)
    await proxy.close()
    await stop(target)
    await Promise.all([folder, targetFolder].map(removeFolder))
    await Promise.all([database.remove(), targetDatabase.remove()])
  },
)

function portOf(url: string): number {
  return Number(new URL(url).port)
}

/** Compares the rotation's journal with what the target has stored. */
async function hold(journalUrl: string, targetUrl: string) {
  const [journal, target] = [await openStore(journalUrl, 'upkeep'), await openStore(targetUrl, 'upkeep')]
  const items = await journal.db
    .selectFrom('rotation_item')
    .select(['email', 'settled_id as id', 'tracking_id'])
    .where('state', '<>', 'left')
    .execute()
  const claims = await target.db
    .selectFrom('person')
    .innerJoin('claim', join =>
      join.onRef('claim.site_id', '=', 'person.site_id').onRef('claim.person', '=', 'person.person'),
    )
    .select(['person.email', 'claim.number', 'claim.id'])
    .orderBy('claim.number')
    .execute()
  await Promise.all([journal.close(), target.close()])
  const rooms = new Map(claims.map(claim => [claim.email, claim]))
  const lost = items.filter(({ email, id }) => rooms.get(email)?.id !== id)
  const wrong = items.filter(({ email }) => rooms.get(email)?.number !== 2)
  const batches = new Set(items.map(item => item.tracking_id)).size
  return { batches, acknowledged: items.length, lost: lost.length, wrong }
}
