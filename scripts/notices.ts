/**
 * The notices of all packages that are built into a folder of dist/, as their licences ask for: who wrote each, and the
 * text of its licence. They are written by what builds, from what it built in, and so cannot go out of date.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { licenceTexts } from './licence-texts.ts'

export interface BuiltIn {
  name: string
  version: string
  /** As SPDX writes it; undefined where none is to be found. */
  licence: string | undefined
  /** Where it stands. */
  source: 'package.json' | 'its licence file' | 'its README' | 'its font file'
}

export interface Notice {
  package: BuiltIn
  text: string
}

const line = '-'.repeat(80)

/** The folders of the packages that these files come from. */
export function packagesOf(files: Iterable<string>): string[] {
  const folders = new Set<string>()
  for (const file of files) {
    const found = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file)
    // Bundlers mark modules of their own with a null byte.
    if (found !== null && !file.startsWith('\0')) folders.add(found[1]!)
  }
  return [...folders]
}

/** Writes the notices of the packages in these folders; a package that is there twice in one version is listed once. */
export function writeNotices(file: string, folders: string[], others: Notice[] = []): void {
  const notices = [...folders.map(folder => ({ package: describePackage(folder), text: textOf(folder) })), ...others]
  const sections = new Map(notices.map(notice => [headingOf(notice.package), notice.text]))
  const sorted = [...sections].sort(([one], [other]) => (one < other ? -1 : 1))
  const body = sorted.map(([heading, text]) => `${line}\n${heading}\n${line}\n\n${text.trim()}\n`)
  writeFileSync(file, `The packages that are built into these files, and their licences.\n\n${body.join('\n')}`)
}

/** What the headings of written notices say. */
export function readNotices(file: string): Notice[] {
  const parts = readFileSync(file, 'utf8').split(`${line}\n`).slice(1)
  return parts
    .filter((_, index) => index % 2 === 0)
    .map((heading, index) => ({ package: parseHeading(heading.trim()), text: parts[2 * index + 1]! }))
}

/** Name, version and licence of the package in a folder. */
function describePackage(folder: string): BuiltIn {
  const { name, version, license } = manifestOf(folder)
  if (typeof license === 'string') return { name, version, licence: license, source: 'package.json' }
  if (/^\s*(The )?MIT License/i.test(read(folder, /^licen[cs]e/i))) {
    return { name, version, licence: 'MIT', source: 'its licence file' }
  }
  const isMit = /badge\/License-MIT-/.test(read(folder, /^readme/i))
  return { name, version, licence: isMit ? 'MIT' : undefined, source: 'its README' }
}

function headingOf({ name, version, licence = 'none', source }: BuiltIn): string {
  return `${name} ${version}: ${licence}, by ${source}`
}

function parseHeading(heading: string): BuiltIn {
  const [, name, version, licence, source] = /^(\S+) (\S+): (.+), by ([^,]+)$/.exec(heading)!
  return {
    name: name!,
    version: version!,
    licence: licence === 'none' ? undefined : licence,
    source: source as BuiltIn['source'],
  }
}

/** The licence as it comes with the package, and its notice where it has one; else who wrote it, and what the licence says. */
function textOf(folder: string): string {
  const text = [read(folder, /^(licen[cs]e|copying|unlicense)/i), read(folder, /^notice/i)].filter(part => part !== '')
  if (text.length > 0) return text.join('\n\n')
  const { author, contributors } = manifestOf(folder)
  const people = [author, ...(contributors ?? [])].filter(each => each !== undefined)
  const names = people.map(each =>
    typeof each === 'string' ? each : [each.name, each.email].filter(Boolean).join(' '),
  )
  const whom = names.length === 0 ? 'its authors' : names.join(', ')
  const said = licenceTexts[describePackage(folder).licence ?? '']
  if (said === undefined) throw new Error(`There is no text of the licence in ${folder}.`)
  return `The package comes without the text. Copyright (c) ${whom}\n\n${said}`
}

interface Manifest {
  name: string
  version: string
  license?: unknown
  author?: Author
  contributors?: Author[]
}

type Author = string | { name?: string; email?: string }

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

/** All files at the top of the package whose names match, one after another; empty where there is none. */
function read(folder: string, pattern: RegExp): string {
  const names = readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isFile() && pattern.test(entry.name))
    .map(({ name }) => name)
  return names.map(name => readFileSync(`${folder}${sep}${name}`, 'utf8').replaceAll('\r', '')).join('\n\n')
}
