import './compile-cache.ts'

const { main } = await import('./verbs.ts')

process.exitCode = await main(process.argv.slice(2))
