import { defineConfig } from 'vitest/config'

// Much is made and forgotten at once: with room for it, less is gone through to see whether it is needed.
const youngSpace = ['--max-semi-space-size=64']
// No file gets a process of its own: loading the platform anew for each takes longer than most of their tests.
const integration = { include: ['tests/**/*.int.ts'], testTimeout: 60_000, hookTimeout: 120_000, isolate: false, execArgv: youngSpace }

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['tests/**/*.test.ts'], testTimeout: 60_000, isolate: false } },
      { test: { name: 'sqlite', ...integration, env: { TEST_DATABASE: 'sqlite' } } },
      { test: { name: 'mongodb', ...integration, env: { TEST_DATABASE: 'mongodb' }, globalSetup: 'tests/support/usual-databases.ts' } },
      // Built processes that are replaced, killed and cut off, one file after the other.
      { test: { name: 'processes', include: ['tests/**/*.processes.ts'], testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false } },
      // One browser at a time: what is measured is one person's clicking.
      { test: { name: 'e2e', include: ['tests/**/*.e2e.ts'], testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false, globalSetup: 'tests/support/demo-folder.ts' } },
    ],
  },
})
