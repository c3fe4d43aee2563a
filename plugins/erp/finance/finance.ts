import type { TrellisPlugin } from '../../core/platform/plugin.ts'
import { accountBehaviour } from '../ledger/account-rules.ts'
import { allocateOldest } from './allocate-oldest.ts'
import { createPayment } from './create-payment.ts'
import { journalActions, journalBehaviour } from './journal-actions.ts'
import { journalFacts, journalGuards } from './journal-guards.ts'
import { paymentFacts, paymentGuards } from './payment-guards.ts'
import { periodBehaviour, periodFacts, periodGuards } from './periods.ts'
import { paymentActions } from './post-payment.ts'
import { paymentBehaviour } from './prepare-payment.ts'
import { usePrepayments } from './use-prepayments.ts'
import { reportOperations } from './reports.ts'
import { accountantWork } from './work.ts'

/** Money, journal and periods, as a part of the ERP plugin. */
export const financePart = {
  guards: [...periodGuards, ...journalGuards, ...paymentGuards],
  actions: [...journalActions, createPayment, ...paymentActions],
  facts: [...periodFacts, ...journalFacts, ...paymentFacts],
  behaviours: { periods: periodBehaviour, 'journal-entries': journalBehaviour, payments: paymentBehaviour, 'ledger-accounts': accountBehaviour },
  handlers: [usePrepayments],
  operations: [allocateOldest, ...reportOperations],
  work: accountantWork,
} satisfies Partial<TrellisPlugin>
