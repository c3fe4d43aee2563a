import { crmEntities } from '../../collections/crm/entities.ts'
import { crmWorkflows } from '../../workflows/crm/workflows.ts'
import type { TrellisPlugin } from '../core/platform/plugin.ts'
import { activityHandlers, createActivity } from './activities.ts'
import { convertLead } from './convert-lead.ts'
import { crmDelays } from './delays.ts'
import { forecastOperation } from './forecast-operation.ts'
import { crmGuards } from './guards.ts'
import { crmPrints } from './prints.ts'
import { quoteActions } from './quote-actions.ts'
import { quoteBehaviour } from './quote-behaviour.ts'
import { crmFacts } from './quote-facts.ts'
import { crmArrangers } from './walks.ts'
import { crmWork } from './work-lists.ts'

/** Leads, opportunities, quotes and what to do next. */
export const crmPlugin: TrellisPlugin = {
  slug: 'crm',
  entities: crmEntities,
  workflows: crmWorkflows,
  guards: crmGuards,
  facts: crmFacts,
  actions: [...quoteActions, convertLead, createActivity],
  delays: crmDelays,
  behaviours: { quotes: quoteBehaviour },
  handlers: activityHandlers,
  operations: [forecastOperation],
  work: crmWork,
  prints: crmPrints,
  arrangers: crmArrangers,
}
