import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { activity } from './activity.ts'
import { lead } from './lead.ts'
import { opportunity } from './opportunity.ts'
import { quote } from './quote.ts'

export const crmWorkflows: readonly WorkflowDefinition[] = [lead, opportunity, quote, activity]
