import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Arrows } from './arrows.ts'
import { knownExceptions } from './known-exceptions.ts'
import { type Module, parseModules, readSources, root } from './modules.ts'
import { brokenRules } from './rules.ts'

/**
 * Holds the project as it is against the rules.
 *
 * @returns its modules; one sentence for each rule that is broken and for each exception that is no longer needed; and the
 * number of broken rules that are known and excepted.
 */
export function inspectHouse(): { modules: Module[]; problems: string[]; excepted: number } {
  const modules = parseModules(readSources())
  const broken = brokenRules(modules, new Arrows(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')))
  const excepted = broken.filter(problem => knownExceptions.includes(problem))
  const outdated = knownExceptions.filter(exception => !broken.includes(exception))
  return {
    modules,
    excepted: excepted.length,
    problems: [
      ...broken.filter(problem => !excepted.includes(problem)),
      ...outdated.map(each => `Take out of devtools/house/known-exceptions.ts what is no longer true: ${each}`),
    ],
  }
}
