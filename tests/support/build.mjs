// The build stage: what `npm run up` builds, and as fresh.
import { ensureBundles, ensurePanel } from '../../admin/server/prepare.mjs'

try {
  await ensureBundles()
  await ensurePanel()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
