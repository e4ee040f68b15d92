/** What the test and `npm run check` hold the code to. Each broken rule is one sentence that names the file. */
import { posix } from 'node:path'
import type { Arrows } from './arrows.ts'
import { findCircles } from './circles.ts'
import type { Module } from './modules.ts'

export const maxFilesInFolder = 22
export const maxLines = 250

const databasePackages = new Set(['kysely', 'pg', 'pg-cursor', 'better-sqlite3'])
const query = /\.(selectFrom|insertInto|replaceInto|updateTable|deleteFrom|mergeInto)\(|\bsql`/

export function brokenRules(modules: Module[], arrows: Arrows): string[] {
  const broken = [
    ...againstTheArrows(modules, arrows),
    ...findCircles(modules).map(circle => `Import each other in a circle: ${circle.join(', ')}`),
    ...sqlOutsideTheStore(modules),
    ...valuesInTheConsole(modules),
    ...fullFolders(modules),
    ...longFiles(modules),
  ]
  return [...new Set(broken)]
}

function againstTheArrows(modules: Module[], arrows: Arrows): string[] {
  const known = new Set(modules.map(module => module.path))
  return modules.flatMap(({ path, imports }) => {
    if (arrows.placeOf(path) === undefined)
      return [`${path} is under no folder that the arrows of ARCHITECTURE.md name`]
    return imports
      .filter(({ from }) => known.has(from) && !arrows.allows(path, from))
      .map(({ from }) => `${path} imports ${from} against the arrows of ARCHITECTURE.md`)
  })
}

/** Types of the packages may go anywhere: they say what a query is handed. */
function sqlOutsideTheStore(modules: Module[]): string[] {
  return modules
    .filter(({ path }) => path.startsWith('src/') && !path.startsWith('src/store/'))
    .filter(
      ({ text, imports }) =>
        query.test(text) || imports.some(({ from, onlyTypes }) => databasePackages.has(from) && !onlyTypes),
    )
    .map(({ path }) => `${path} queries the database itself; queries stand in src/store`)
}

function valuesInTheConsole(modules: Module[]): string[] {
  return modules
    .filter(({ path }) => path.startsWith('console/'))
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ from, onlyTypes }) => from.startsWith('src/') && !onlyTypes)
        .map(({ from }) => `${path} imports more than types from ${from}`),
    )
}

function fullFolders(modules: Module[]): string[] {
  return [...filesByFolder(modules)]
    .filter(([folder, files]) => isSource(folder) && files > maxFilesInFolder)
    .map(([folder, files]) => `${folder} has ${files} files at one level; ${maxFilesInFolder} are the most`)
}

function longFiles(modules: Module[]): string[] {
  return modules
    .filter(({ path, lines }) => isSource(path) && lines > maxLines)
    .map(({ path, lines }) => `${path} has ${lines} lines; ${maxLines} are the most`)
}

function isSource(path: string): boolean {
  return path === 'src' || path.startsWith('src/')
}

export function filesByFolder(modules: Module[]): Map<string, number> {
  const files = new Map<string, number>()
  for (const { path } of modules) files.set(posix.dirname(path), (files.get(posix.dirname(path)) ?? 0) + 1)
  return files
}
