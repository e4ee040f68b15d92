/** Holds every document against the tree: links and anchors lead somewhere, paths exist, lines can be read. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, it } from 'vitest'

const root = new URL('../../', import.meta.url).pathname
const maxLineLength = 140

const folders = ['bench', 'console', 'devtools', 'docs', 'scripts', 'src', 'test']
const files = [
  ...readdirSync(root),
  ...folders.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(file => `${folder}/${file}`),
  ),
]
const documents = files.filter(file => file.endsWith('.md'))

const text = (file: string) => readFileSync(join(root, file), 'utf8')
const withoutCode = (markdown: string) => markdown.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')

/** The anchors of a document, made from its headings as GitHub makes them. */
function anchorsOf(file: string): string[] {
  return [...text(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/ /g, '-'),
  )
}

function brokenLinks(file: string): string[] {
  const targets = [...withoutCode(text(file)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!)
  return targets
    .filter(target => !/^[a-z]+:/.test(target))
    .filter(target => {
      const [path, anchor] = target.split('#') as [string, string | undefined]
      const to = path === '' ? file : normalize(join(dirname(file), path))
      if (!existsSync(join(root, to))) return true
      return anchor !== undefined && !anchorsOf(to).includes(anchor)
    })
}

/** Paths from the root of the tree that a document names and that lead to nothing; an ending may be left out. */
function missingPaths(file: string): string[] {
  const paths = [...text(file).matchAll(/(?<![\w./-])(?:src|test|bench|console|devtools|scripts|docs)\/[\w./*-]*\w/g)]
  return paths.map(([path]) => path).filter(path => !files.some(name => named(name, path)))
}

/** Whether a file has the path, lies in the folder of that path, or has one that differs by a `*` alone. */
function named(file: string, path: string): boolean {
  if (!path.includes('*')) return file === path || file.startsWith(`${path}/`)
  const pattern = path.replace(/[.]/g, '\\.').replace(/\*/g, '[^/]*')
  return new RegExp(`^${pattern}(/|$)`).test(file)
}

/** Lines that are too long to be read; rows of tables and what stands in code blocks cannot be wrapped. */
function longLines(file: string): string[] {
  return text(file)
    .replace(/```[\s\S]*?```/g, '')
    .split('\n')
    .filter(line => line.length > maxLineLength && !line.startsWith('|'))
}

it.each(documents)('%s leads where it says', file => {
  expect(brokenLinks(file)).toEqual([])
  expect(missingPaths(file)).toEqual([])
  expect(longLines(file)).toEqual([])
})

it('lists every document of docs/ on its map', () => {
  const map = text('docs/README.md')
  const missing = documents.filter(file => /^docs\/[^/]+\.md$/.test(file) && file !== 'docs/README.md')
  expect(missing.filter(file => !map.includes(`](${file.slice('docs/'.length)}`))).toEqual([])
})
