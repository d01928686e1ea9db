import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Stripping the types of three hundred files takes longer than all the rest of a start; what was stripped is kept.
enableCompileCache(fileURLToPath(new URL('../data/compile-cache', import.meta.url)))
