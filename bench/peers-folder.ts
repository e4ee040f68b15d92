/** Where the alternatives are installed: a scratch folder, never the project. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The newest version of each that runs on Node 20. */
const packages = {
  prism: { '@stoplight/prism-cli': '5.14.2' },
  mockoon: { '@mockoon/cli': '9.9.0' },
  directus: { directus: '11.1.2', sqlite3: '5.1.7', pg: '8.12.0' },
}
const built = ['sqlite3', 'argon2', 'isolated-vm', 'sharp']

export type Peer = keyof typeof packages

const programs: Record<Peer, string> = {
  prism: 'node_modules/@stoplight/prism-cli/dist/index.js',
  mockoon: 'node_modules/@mockoon/cli/bin/run.js',
  directus: 'node_modules/directus/cli.js',
}

export function peerFolder(peer: Peer): string {
  return join(process.env.BENCH_PEERS || join(tmpdir(), 'roomkey-bench-peers'), peer)
}

/** The program to start, or null where the peer is not installed. */
export function peerProgram(peer: Peer): string | null {
  const program = join(peerFolder(peer), programs[peer])
  return existsSync(program) ? program : null
}

/** Installs the missing ones. Directus compiles some of its packages, which takes minutes. */
export async function installPeers(): Promise<void> {
  for (const peer of Object.keys(packages) as Peer[]) {
    if (peerProgram(peer) !== null) continue
    process.stderr.write(`installing ${peer} …\n`)
    const cwd = peerFolder(peer)
    await mkdir(cwd, { recursive: true })
    const allowScripts = Object.fromEntries(built.map(name => [name, true]))
    const manifest = { private: true, dependencies: packages[peer], allowScripts }
    await writeFile(join(cwd, 'package.json'), JSON.stringify(manifest, null, 2))
    await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund'], { cwd, maxBuffer: 2 ** 26 })
  }
}
