import './compile-cache.ts'

const { readConfig } = await import('./config.ts')
const { start } = await import('./start.ts')

try {
  await start(readConfig(process.env))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
