import { coreEntities } from '../../collections/core/entities.ts'
import { platformEntities } from '../../collections/core/platform.ts'
import type { TrellisPlugin } from './platform/plugin.ts'

/** The platform itself: masters that all systems share, and its own records. */
export const corePlugin: TrellisPlugin = {
  slug: 'core',
  entities: [...platformEntities, ...coreEntities],
}
