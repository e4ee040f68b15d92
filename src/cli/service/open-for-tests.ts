import { UserError } from '../../errors.ts'
import type { TestControl } from '../../http/testing/test-control.ts'
import type { Store } from '../../store/store.ts'
import { readProfileFile } from '../options/profile-file.ts'

interface TestOptions {
  testEndpoints?: true | undefined
  seed?: string | undefined
  profile?: string | undefined
  database?: string | undefined
}

interface ForTests {
  store: Store
  control: TestControl
  /** Adds the seed; what there is then is what a reset comes back to. */
  fill(): Promise<void>
}

/** What `--test-endpoints` needs; undefined without it. @throws UserError for options that do not go together */
export async function openForTests({
  testEndpoints,
  seed,
  profile,
  database,
}: TestOptions): Promise<ForTests | undefined> {
  if (testEndpoints !== true) {
    if (seed !== undefined)
      throw new UserError('--seed goes with --test-endpoints; add it, or use roomkey people import.')
    if (profile !== undefined) throw new UserError('--profile goes with --test-endpoints; add it.')
    return undefined
  }
  if (database !== undefined) {
    throw new UserError('--test-endpoints has a database in memory; leave out --database and DATABASE_URL.')
  }
  const [{ openHabitualStore }, { TestClock }, { TestControl }, { readSeedFile }] = await Promise.all([
    import('../../http/testing/habits/habitual-store.ts'),
    import('../../http/testing/test-clock.ts'),
    import('../../http/testing/test-control.ts'),
    import('../../http/testing/read-seed.ts'),
  ])
  const given = seed === undefined ? {} : await readSeedFile(seed)
  const habits = profile === undefined ? {} : (await readProfileFile(profile)).answers
  const store = await openHabitualStore(habits)
  const control = new TestControl(store, new TestClock(Date.now()), habits)
  return {
    store,
    control,
    async fill() {
      await control.seed(given)
      await control.keepAsStart()
    },
  }
}
