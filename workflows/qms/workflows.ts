import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { inspection } from './inspection.ts'
import { nonconformance } from './nonconformance.ts'
import { samplingSeriesLife } from './sampling-series.ts'

export const qmsWorkflows: readonly WorkflowDefinition[] = [inspection, nonconformance, samplingSeriesLife]
