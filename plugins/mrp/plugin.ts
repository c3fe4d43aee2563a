import { mrpEntities } from '../../collections/mrp/entities.ts'
import { mrpWorkflows } from '../../workflows/mrp/workflows.ts'
import type { TrellisPlugin } from '../core/platform/plugin.ts'
import { versionActions } from './bills/actions.ts'
import { routingFacts } from './bills/centre-facts.ts'
import { billFacts } from './bills/facts.ts'
import { versionGuards } from './bills/guards.ts'
import { bomBehaviour, routingBehaviour } from './bills/version-behaviour.ts'
import { costOperation } from './bills/cost-operation.ts'
import { structureOperations } from './bills/structure-operations.ts'
import { mrpChecks } from './checks.ts'
import { adventureworksPart } from './import/adventureworks/part.ts'
import { mrpArrangers } from './walks.ts'
import { mrpWork } from './work-lists.ts'

/** The planning level: what parts are made of, how they are made, and what they cost. */
export const mrpPlugin: TrellisPlugin = {
  slug: 'mrp',
  entities: mrpEntities,
  workflows: mrpWorkflows,
  guards: versionGuards,
  facts: [...billFacts, ...routingFacts],
  actions: versionActions,
  behaviours: { 'bom-versions': bomBehaviour, 'routings': routingBehaviour },
  importerParts: [adventureworksPart],
  operations: [...structureOperations, costOperation],
  work: mrpWork,
  checks: mrpChecks,
  arrangers: mrpArrangers,
}
