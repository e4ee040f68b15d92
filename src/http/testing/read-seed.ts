import { readFile } from 'node:fs/promises'
import { Compile } from 'typebox/compile'
import { UserError } from '../../errors.ts'
import { Seed } from '../../wire/testing.ts'

const checked = Compile(Seed)

/** @throws UserError that says where the seed is wrong */
export function readSeed(value: unknown): Seed {
  if (checked.Check(value)) return value
  const [first] = checked.Errors(value)
  const why = first?.message === 'schema is false' ? 'there is no such field' : (first?.message ?? 'it does not fit')
  throw new UserError(`The seed is wrong at ${first?.instancePath || 'its top'}: ${why}.`)
}

/** @throws UserError for a file that cannot be read, is not JSON, or is no seed */
export async function readSeedFile(path: string): Promise<Seed> {
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw new UserError(`Cannot read the seed ${path}: ${(error as Error).message}`)
  }
  return readSeed(value)
}
