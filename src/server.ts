import { enableCompileCache } from 'node:module'

// Stripping the types of three hundred files takes longer than all the rest of a start; what was stripped is kept.
enableCompileCache('data/compile-cache')

const { readConfig } = await import('./config.ts')
const { start } = await import('./start.ts')

try {
  await start(readConfig(process.env))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
