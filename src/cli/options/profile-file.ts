import { UserError } from '../../errors.ts'
import type { TargetProfile } from '../../probe/target-profile.ts'
import { parseProfile } from '../../rotations/target/probed-profile.ts'
import { readInput } from './read-input.ts'

/** What `roomkey probe` has written. @throws UserError */
export async function readProfileFile(file: string): Promise<TargetProfile> {
  const text = await readInput(file)
  try {
    return parseProfile(text)
  } catch (error) {
    throw error instanceof UserError ? new UserError(`${file}: ${error.message}`) : error
  }
}
