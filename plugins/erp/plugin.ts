import { erpEntities } from '../../collections/erp/entities.ts'
import { erpWorkflows } from '../../workflows/erp/workflows.ts'
import type { TrellisPlugin } from '../core/platform/plugin.ts'
import { erpChecks } from './checks/checks.ts'
import { financePart } from './finance/finance.ts'
import { erpCharts } from './home/charts.ts'
import { erpFigures } from './home/figures.ts'
import { erpFirstSteps } from './home/first-steps.ts'
import { adventureworks } from './import/adventureworks/importer.ts'
import { openDocumentFacts, openDocumentGuards } from './orders/open-documents.ts'
import { orderActions, orderGuards } from './orders/order-changes.ts'
import { erpPrints } from './prints.ts'
import { purchasingPart } from './purchasing/purchasing.ts'
import { salesPart } from './sales/sales.ts'
import { companyBehaviour } from './setup/company-rules.ts'
import { setUpOperation } from './setup/set-up-operation.ts'
import { partBehaviour } from './stock/part-rules.ts'
import { stockFacts } from './stock/stock-facts.ts'
import { stockService } from './stock/stock-service.ts'
import { stockGuards } from './stock/stock-guards.ts'
import { stockCountsPart } from './stock-counts/stock-counts.ts'
import { bookkeepingArrangers } from './walks/bookkeeping.ts'
import { buyingArrangers } from './walks/buying.ts'
import { sellingArrangers } from './walks/selling.ts'
import { openShop } from './walks/shop.ts'

/** Selling, buying, stock and finance of a firm. */
export const erpPlugin: TrellisPlugin = {
  slug: 'erp',
  entities: erpEntities,
  workflows: erpWorkflows,
  guards: [
    ...stockGuards, ...openDocumentGuards, ...orderGuards, ...salesPart.guards, ...purchasingPart.guards, ...financePart.guards,
    ...stockCountsPart.guards,
  ],
  facts: [...stockFacts, ...openDocumentFacts, ...salesPart.facts, ...purchasingPart.facts, ...financePart.facts],
  actions: [...orderActions, ...salesPart.actions, ...purchasingPart.actions, ...financePart.actions, ...stockCountsPart.actions],
  behaviours: {
    companies: companyBehaviour, parts: partBehaviour,
    ...salesPart.behaviours, ...purchasingPart.behaviours, ...financePart.behaviours, ...stockCountsPart.behaviours,
  },
  handlers: [...salesPart.handlers, ...purchasingPart.handlers, ...financePart.handlers],
  operations: [setUpOperation, ...purchasingPart.operations, ...financePart.operations],
  work: [...salesPart.work, ...purchasingPart.work, ...financePart.work],
  consequences: salesPart.consequences,
  checks: erpChecks,
  figures: erpFigures,
  charts: erpCharts,
  firstSteps: erpFirstSteps,
  prints: erpPrints,
  importers: [adventureworks],
  arrangers: [...sellingArrangers, ...buyingArrangers, ...bookkeepingArrangers],
  services: { stock: stockService },
  scratchFirm: openShop,
}
