import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { Hono } from 'hono'
import type { WebEnv } from './env.ts'

const ours = (path: string) => new URL(`../../public/${path}`, import.meta.url)
const packaged = (path: string) => new URL(import.meta.resolve(path))
const fonts = (file: string) => packaged(`bootstrap-italia/dist/fonts/Titillium_Web/titillium-web-v10-latin-ext_latin-${file}.woff2`)

const sources = {
  'app.css': ours('app.css'),
  'app.js': ours('app.js'),
  'icon.svg': ours('icon.svg'),
  'bootstrap-italia.css': packaged('bootstrap-italia/dist/css/bootstrap-italia.min.css'),
  'sprites.svg': packaged('bootstrap-italia/dist/svg/sprites.svg'),
  'htmx.js': new URL('htmx.min.js', packaged('htmx.org')),
  'htmx-sse.js': new URL('ext/hx-sse.min.js', packaged('htmx.org')),
  'titillium-regular.woff2': fonts('regular'),
  'titillium-600.woff2': fonts('600'),
  'titillium-700.woff2': fonts('700'),
} satisfies Record<string, URL>

export type AssetName = keyof typeof sources

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  woff2: 'font/woff2',
}

const year = 31_536_000
const hashes = new Map(Object.entries(sources).map(([name, file]) => [name, hashOf(readFileSync(fileURLToPath(file)))]))
const byUrl = new Map(Object.keys(sources).map((name) => [asset(name as AssetName), name as AssetName]))

/** The address of a file that never changes under it: its name carries a hash of its content. */
export function asset(name: AssetName): string {
  const dot = name.lastIndexOf('.')
  return `/assets/${name.slice(0, dot)}.${hashes.get(name)}${name.slice(dot)}`
}

export const assetRoutes = new Hono<WebEnv>().get('/:file', async (c) => {
  const name = byUrl.get(`/assets/${c.req.param('file')}`)
  if (!name) return c.notFound()

  const encoding = encodingFor(name, c.req.header('Accept-Encoding') ?? '')
  c.header('Content-Type', types[name.slice(name.lastIndexOf('.') + 1)])
  c.header('Cache-Control', `public, max-age=${year}, immutable`)
  c.header('Vary', 'Accept-Encoding')
  if (encoding !== 'identity') c.header('Content-Encoding', encoding)
  return c.body(await encoded(name, encoding))
})

type Encoding = 'br' | 'gzip' | 'identity'

function encodingFor(name: AssetName, accepted: string): Encoding {
  if (name.endsWith('.woff2')) return 'identity'
  return /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity'
}

const kept = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()

/** Each file is read and compressed once, when it is first asked for. */
function encoded(name: AssetName, encoding: Encoding) {
  const key = `${encoding} ${name}`
  const found = kept.get(key) ?? compress(name, encoding)
  kept.set(key, found)
  return found
}

async function compress(name: AssetName, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  let content = await readFile(sources[name])
  if (name === 'app.css') content = Buffer.from(withAssetUrls(content.toString()))
  if (name === 'bootstrap-italia.css') content = Buffer.from(withoutVideoFont(content.toString()))
  if (encoding === 'br') content = await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  if (encoding === 'gzip') content = await promisify(gzip)(content, { level: 9 })
  return new Uint8Array(content)
}

const withAssetUrls = (css: string) => css.replace(/url\(["']asset:([^"']+)["']\)/g, (_, name) => `url('${asset(name)}')`)

/** The icon font of a video player that we don't use is inlined as data:, which our policy refuses. */
const withoutVideoFont = (css: string) => css.replace(/@font-face\{[^}]*url\(data:[^}]*\}/g, '')

function hashOf(content: Buffer) {
  return createHash('sha256').update(content).digest('base64url').slice(0, 10)
}
