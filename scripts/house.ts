/** Prints the figures of the code's layout, and fails where it breaks a rule: the last step of `npm run check`. */
import { findCircles } from '../devtools/house/circles.ts'
import { inspectHouse } from '../devtools/house/inspect.ts'
import { areas, type Module } from '../devtools/house/modules.ts'
import { filesByFolder } from '../devtools/house/rules.ts'

const { modules, problems, excepted } = inspectHouse()

for (const area of areas) process.stdout.write(`${figuresOf(area, modules)}\n`)
process.stdout.write(
  `import circles ${findCircles(modules).length}, broken rules ${problems.length}, known exceptions ${excepted}\n`,
)
for (const problem of problems) process.stderr.write(`${problem}.\n`)
process.exitCode = problems.length === 0 ? 0 : 1

function figuresOf(area: string, all: Module[]): string {
  const bySize = all.filter(({ path }) => path.startsWith(`${area}/`)).sort((one, other) => one.lines - other.lines)
  const [folder, files] = [...filesByFolder(bySize)].sort(([, one], [, other]) => other - one)[0]!
  const largest = bySize.at(-1)!
  return [
    area.padEnd(9),
    `${bySize.length} files`.padEnd(11),
    `median ${bySize[bySize.length >> 1]!.lines} lines`.padEnd(18),
    `largest ${largest.lines} (${largest.path})`.padEnd(52),
    `most at one level ${files} (${folder})`,
  ].join('')
}
