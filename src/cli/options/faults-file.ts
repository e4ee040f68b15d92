import { UserError } from '../../errors.ts'
import { readFaults } from '../../http/faults/inject-faults.ts'
import { render } from '../../messages/render.ts'
import type { Faults } from '../../wire/faults.ts'
import { readInput } from './read-input.ts'

export async function readFaultsFile(file: string): Promise<Faults> {
  const script = readFaults(await readInput(file))
  if ('fault' in script)
    throw new UserError(`${render(script.fault)} Fix ${file}; docs/rotation.md describes the format.`)
  return script as Faults
}
