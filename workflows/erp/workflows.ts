import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { creditNote } from './credit-note.ts'
import { delivery } from './delivery.ts'
import { invoice } from './invoice.ts'
import { journalEntry } from './journal-entry.ts'
import { payment } from './payment.ts'
import { period } from './period.ts'
import { purchaseOrder } from './purchase-order.ts'
import { receipt } from './receipt.ts'
import { reorderProposal } from './reorder-proposal.ts'
import { salesOrder } from './sales-order.ts'
import { salesReturn } from './sales-return.ts'
import { stockCount } from './stock-count.ts'
import { supplierBill } from './supplier-bill.ts'

export const erpWorkflows: readonly WorkflowDefinition[] = [
  salesOrder, delivery, salesReturn, invoice, creditNote, payment,
  purchaseOrder, receipt, supplierBill, reorderProposal, stockCount, journalEntry, period,
]
