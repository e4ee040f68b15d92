/**
 * The console at `/`: the files that were built into `dist/console`, each compressed once at build time. Every page of
 * the console is the same document, whatever its path: its script reads the path.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { builtFolder } from './built-folder.ts'
import { refuse } from './plumbing/errors.ts'

/** The paths of the console's pages. Those without a site are redirected by the page itself. */
const pages = ['/', '/sites/*', '/rooms', '/rooms/*', '/rotations', '/rotations/*', '/history', '/settings']

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
}

/** `unsafe-inline` is for the style attributes of Momentum's components; scripts come from our own files alone. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const pageGuards = { 'content-security-policy': policy, 'cross-origin-opener-policy': 'same-origin' }

/** A file with a hash of its content in its name never changes; the document is requested each time. */
const cacheForever = 'public, max-age=31536000, immutable'
const revalidate = 'no-cache'

interface Asset {
  type: string
  etag: string
  plain: Buffer
  brotli?: Buffer
  gzip?: Buffer
}

export function consolePages(app: FastifyInstance): void {
  let assets: Map<string, Asset> | undefined
  const asset = (name: string) => {
    assets ??= readAssets(builtFolder('console'))
    return assets.get(name)
  }
  const open = { config: { access: 'public' as const }, schema: { hide: true } as object }

  for (const page of pages) {
    app.get(page, open, async (request, reply) => {
      const document = asset('index.html')
      if (document === undefined) throw refuse(404, 'The console is not built; run npm run build and start again.')
      return send(request, reply.headers(pageGuards), document, revalidate)
    })
  }
  app.get<{ Params: { '*': string } }>('/console/*', open, async (request, reply) => {
    const name = request.params['*']
    const found = asset(name)
    if (found === undefined) throw refuse(404, 'There is no such file; reload the page.')
    return send(request, reply.headers(pageGuards), found, name.startsWith('assets/') ? cacheForever : revalidate)
  })
}

function send(request: FastifyRequest, reply: FastifyReply, asset: Asset, cache: string): FastifyReply {
  reply.headers({ 'cache-control': cache, etag: asset.etag, vary: 'accept-encoding' })
  if (request.headers['if-none-match'] === asset.etag) return reply.code(304).send()
  const accepted = String(request.headers['accept-encoding'] ?? '')
  const [encoding, content] =
    asset.brotli !== undefined && /\bbr\b/.test(accepted)
      ? ['br', asset.brotli]
      : asset.gzip !== undefined && /\bgzip\b/.test(accepted)
        ? ['gzip', asset.gzip]
        : [undefined, asset.plain]
  if (encoding !== undefined) reply.header('content-encoding', encoding)
  return reply.type(asset.type).send(content)
}

function readAssets(root: string): Map<string, Asset> {
  const assets = new Map<string, Asset>()
  for (const path of filesUnder(root)) {
    const type = types[extname(path)]
    if (type === undefined) continue
    const read = (suffix: string) => {
      try {
        return readFileSync(join(root, path + suffix))
      } catch {
        return undefined
      }
    }
    const plain = readFileSync(join(root, path))
    const brotli = read('.br')
    const gzip = read('.gz')
    const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
    assets.set(path, { type, etag, plain, ...(brotli && { brotli }), ...(gzip && { gzip }) })
  }
  return assets
}

function filesUnder(root: string): string[] {
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
  } catch {
    return []
  }
}
