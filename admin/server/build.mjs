// `npm run build`: bundles the server and builds the panel, whether or not anything has changed.
import { ensureBundles, ensureDependencies, ensurePanel } from './prepare.mjs'

try {
  await ensureDependencies()
  await ensureBundles({ always: true })
  await ensurePanel({ always: true })
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
