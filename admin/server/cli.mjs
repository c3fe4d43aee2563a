// The command line (`npm run import`, `npm run verify` …): brings dependencies and bundles up to date, then runs it.
import { ensureBundles, ensureDependencies } from './prepare.mjs'

try {
  await ensureDependencies()
  await ensureBundles()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
await import('../../build/cli.mjs')
