import type { EntityDefinition } from '../../config/language/entity.ts'
import { creditNoteLines, creditNotes } from './credit-notes.ts'
import { deliveries, deliveryLines } from './deliveries.ts'
import { invoiceLines, invoices } from './invoices.ts'
import { journalEntries, journalLines } from './journal-entries.ts'
import { accountBalances, ledgerAccounts } from './ledger-accounts.ts'
import { paymentAllocations, payments } from './payments.ts'
import { periods } from './periods.ts'
import { purchaseOrderLines, purchaseOrders } from './purchase-orders.ts'
import { receiptLines, receipts } from './receipts.ts'
import { reorderProposals } from './reorder-proposals.ts'
import { reservations } from './reservations.ts'
import { salesOrderLines, salesOrders } from './sales-orders.ts'
import { salesReturnLines, salesReturns } from './sales-returns.ts'
import { stockBalances, stockEntries, stockValues } from './stock.ts'
import { stockCountLines, stockCounts } from './stock-counts.ts'
import { supplierBillLines, supplierBills } from './supplier-bills.ts'

/** Selling, buying, stock and finance, in the order the navigation shows them. */
export const erpEntities: readonly EntityDefinition[] = [
  salesOrders, salesOrderLines, reservations, deliveries, deliveryLines, salesReturns, salesReturnLines,
  invoices, invoiceLines, creditNotes, creditNoteLines, payments, paymentAllocations,
  purchaseOrders, purchaseOrderLines, receipts, receiptLines, supplierBills, supplierBillLines, reorderProposals,
  stockBalances, stockEntries, stockValues, stockCounts, stockCountLines,
  ledgerAccounts, journalEntries, journalLines, accountBalances, periods,
]
