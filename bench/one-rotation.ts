/** One rotation of everybody on a site, by the command line against a service as its users run it. */
import { copyFile, writeFile } from 'node:fs/promises'
import { benchSite, benchToken } from '../devtools/fill-site.ts'
import { runCommand, startService } from './processes.ts'

const token = { ROOMKEY_TOKEN: benchToken }

export interface Rotated {
  planSeconds: number
  /** Duration of the whole command, from its start to its end. */
  runSeconds: number
}

/**
 * @param original a database with the benchmark's site, which is copied
 * @param path where the copy and all other files of this rotation go, as the beginning of their names
 */
export async function rotate(
  original: string,
  path: string,
  limit: { perMinute?: number; faults?: object; environment?: NodeJS.ProcessEnv } = {},
): Promise<Rotated> {
  const database = `sqlite:${path}.sqlite`
  await copyFile(original, `${path}.sqlite`)
  // The plan is made without a limit: what is measured is the run.
  const open = await startService({ folder: path, database })
  const words = ['--target', open.url, '--data', path, '--out', `${path}.csv`, '--json']
  const plan = await runCommand(['plan', '--site', benchSite, ...words], token)
  await open.stop()

  const { perMinute, faults, environment = {} } = limit
  if (faults !== undefined) await writeFile(`${path}.json`, JSON.stringify(faults))
  const service = await startService({
    folder: path,
    database,
    port: Number(new URL(open.url).port),
    ...(perMinute !== undefined && { limit: perMinute }),
    ...(faults !== undefined && { faults: `${path}.json` }),
    environment,
  })
  const run = await runCommand(['run', String(JSON.parse(plan.output).rotation), '--data', path, '--json'], token)
  await service.stop()
  return { planSeconds: plan.seconds, runSeconds: run.seconds }
}
