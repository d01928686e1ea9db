import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (name: string) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))

// npm ci goes by the lock, which forgets the package's own `gypfile: false` whenever npm rewrites it, and then calls a compiler.
test('npm installs the binary that better-sqlite3 brings and compiles nothing', () => {
  expect(read('package-lock.json').packages['node_modules/better-sqlite3'].gypfile).toBe(false)
})

test('the lock names no place that packages come from', () => {
  const packages: Record<string, { resolved?: string }> = read('package-lock.json').packages
  expect(Object.values(packages).filter(({ resolved }) => resolved)).toEqual([])
})
