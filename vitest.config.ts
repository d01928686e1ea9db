import { defineConfig } from 'vitest/config'

const shared = { include: ['test/**/*.test.ts'], exclude: ['test/browser/**', 'test/bench/**'], testTimeout: 60_000, isolate: false }

export default defineConfig({
  test: {
    projects: [
      { test: { ...shared, name: 'sqlite', env: { ENGINE: 'sqlite' } } },
      { test: { ...shared, name: 'postgres', env: { ENGINE: 'postgres' }, globalSetup: ['test/postgres.ts'] } },
      { test: { name: 'browser', include: ['test/browser/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 60_000 } },
    ],
  },
})
