/** What is played: two faults, where the IDs come from, the target's profile, how many people, who dies when. */
import { type FaultName, faultNames } from '../../../devtools/target-double/faults.ts'

export const idKinds = ['random', 'given', 'system'] as const
export const profileNames = ['webex', 'roomkey'] as const

export interface Scenario {
  /** None, one or two. */
  faults: FaultName[]
  ids: (typeof idKinds)[number]
  profile: (typeof profileNames)[number]
  people: number
  /** The step of the run at which its process is killed, and what is done next; null where nobody dies. */
  kill: { step: number; next: 'resume' | 'undo' } | null
  /** Whether it is undone as soon as it has run, or after it has been verified and all readings have settled. */
  undo: 'immediately' | 'verified'
  seed: number
  engine: 'sqlite' | 'postgres'
}

/** `silentOne+joinLinks/random/webex/24people/kill17resume/verified/seed5/sqlite` */
export function writeScenario({ faults, ids, profile, people, kill, undo, seed, engine }: Scenario): string {
  const dies = kill === null ? 'alive' : `kill${kill.step}${kill.next}`
  return [faults.join('+') || 'none', ids, profile, `${people}people`, dies, undo, `seed${seed}`, engine].join('/')
}

/** The scenario that `writeScenario` wrote. @throws Error where it did not. */
export function readScenario(text: string): Scenario {
  const [names = '', ids, profile, people, dies, undo, seed, engine] = text.split('/')
  const faults = names === 'none' ? [] : (names.split('+') as FaultName[])
  const kill = /^kill(\d+)(resume|undo)$/.exec(dies ?? '')
  const scenario = {
    faults,
    ids,
    profile,
    people: Number.parseInt(people ?? '', 10),
    kill: kill === null ? null : { step: Number(kill[1]), next: kill[2] },
    undo,
    seed: Number(seed?.slice('seed'.length)),
    engine,
  } as Scenario
  if (faults.some(name => !faultNames.includes(name)) || writeScenario(scenario) !== text) {
    throw new Error(`${text} is no scenario; copy one as it was printed.`)
  }
  return scenario
}
