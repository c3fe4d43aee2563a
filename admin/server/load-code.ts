import type { Settings } from '../../config/settings.ts'
import { preparePanel, type Panel } from './panel.ts'

/**
 * What does not depend on a revision, for a process that does not know its own yet: the modules of Payload, of the platform and of the
 * panel's pages (see `preloadEntriesOnStart` in next.config.mjs). The configuration itself is built once the revision is known.
 */
export async function loadCode(settings: Settings): Promise<Panel> {
  await import('payload')
  // Before the pages, which hold it too: the first to be loaded builds it.
  const { default: config } = await import('../../config/payload.config.ts')
  // Whoever starts Payload meets what is wrong with it; until then nobody waits for it.
  config.catch(() => {})
  return preparePanel(settings, false)
}
