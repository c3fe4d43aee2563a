// `npm run build`: bundles the server and builds the panel, whether or not anything has changed.
import { buildBundles, buildPanel, ensureDependencies } from './prepare.mjs'

try {
  await ensureDependencies()
  await buildBundles()
  await buildPanel()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
