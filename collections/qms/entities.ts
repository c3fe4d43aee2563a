import type { EntityDefinition } from '../../config/language/entity.ts'
import { inspectionPlans } from './inspection-plans.ts'
import { inspectionSamples, inspections } from './inspections.ts'
import { nonconformanceDispositions, nonconformances } from './nonconformances.ts'
import { samplingSeries } from './sampling-series.ts'

export const qmsEntities: readonly EntityDefinition[] = [
  inspections, inspectionSamples, nonconformances, nonconformanceDispositions, inspectionPlans, samplingSeries,
]
