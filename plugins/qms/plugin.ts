import { qmsEntities } from '../../collections/qms/entities.ts'
import { qmsWorkflows } from '../../workflows/qms/workflows.ts'
import type { TrellisPlugin } from '../core/platform/plugin.ts'
import { qmsChecks } from './checks.ts'
import { inspectionActions } from './inspections/actions.ts'
import { inspectionFacts, inspectionGuards } from './inspections/guards.ts'
import { holdReceipts, openIncomingInspections } from './inspections/hold-receipts.ts'
import { inspectionBehaviour } from './inspections/prepare-inspection.ts'
import { planBehaviour } from './inspections/prepare-plan.ts'
import { nonconformanceActions } from './nonconformances/actions.ts'
import { nonconformanceBehaviour } from './nonconformances/prepare-nonconformance.ts'
import { nonconformanceFacts, nonconformanceGuards } from './nonconformances/guards.ts'
import { qmsPrints } from './prints.ts'
import { qmsArrangers } from './walks.ts'
import { qmsWork } from './work.ts'

/** Inspection of lots, and what becomes of those that do not conform. */
export const qmsPlugin: TrellisPlugin = {
  slug: 'qms',
  entities: qmsEntities,
  workflows: qmsWorkflows,
  guards: [...inspectionGuards, ...nonconformanceGuards],
  facts: [...inspectionFacts, ...nonconformanceFacts],
  actions: [...inspectionActions, ...nonconformanceActions],
  behaviours: { receipts: holdReceipts, inspections: inspectionBehaviour, 'inspection-plans': planBehaviour, nonconformances: nonconformanceBehaviour },
  handlers: [openIncomingInspections],
  work: qmsWork,
  checks: qmsChecks,
  prints: qmsPrints,
  arrangers: qmsArrangers,
}
