import type { TrellisPlugin } from '../../core/platform/plugin.ts'
import { createBillAction } from './create-bill.ts'
import { createReceiptAction, receiptBehaviour } from './create-receipt.ts'
import { purchasingHandlers } from './handlers.ts'
import { matchGuards } from './match-bill.ts'
import { orderProposalAction } from './order-proposal.ts'
import { billActions } from './post-bill.ts'
import { postReceiptAction } from './post-receipt.ts'
import { billBehaviour, billFacts } from './prepare-bill.ts'
import { purchaseOrderBehaviour } from './prepare-order.ts'
import { proposalBehaviour, proposeOperation } from './propose-reorders.ts'
import { purchasingWork } from './work.ts'

/** Buying: proposals, orders, receipts and bills, as a part of the ERP plugin. */
export const purchasingPart = {
  guards: matchGuards,
  actions: [createReceiptAction, createBillAction, postReceiptAction, ...billActions, orderProposalAction],
  facts: billFacts,
  behaviours: {
    'purchase-orders': purchaseOrderBehaviour, receipts: receiptBehaviour, 'supplier-bills': billBehaviour, 'reorder-proposals': proposalBehaviour,
  },
  handlers: purchasingHandlers,
  operations: [proposeOperation],
  work: purchasingWork,
} satisfies Partial<TrellisPlugin>
