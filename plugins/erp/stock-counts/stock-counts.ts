import type { TrellisPlugin } from '../../core/platform/plugin.ts'
import { countGuards } from './count-guards.ts'
import { countActions, countBehaviour } from './post-count.ts'

/** Counts and opening stock, as a part of the ERP plugin. */
export const stockCountsPart = {
  guards: countGuards,
  actions: countActions,
  behaviours: { 'stock-counts': countBehaviour },
} satisfies Partial<TrellisPlugin>
