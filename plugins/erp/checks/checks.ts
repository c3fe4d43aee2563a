import type { Check } from '../../core/platform/plugin.ts'
import { counterChecks } from './counter-checks.ts'
import { documentChecks } from './document-checks.ts'
import { journalChecks } from './journal-checks.ts'
import { ledgerChecks } from './ledger-checks.ts'
import { openAmountChecks } from './open-amount-checks.ts'
import { orderChecks } from './order-checks.ts'
import { pegChecks } from './peg-checks.ts'
import { reservationChecks } from './reservation-checks.ts'
import { stockChecks } from './stock-checks.ts'

/** What `npm run verify` proves of the books and the stock. */
export const erpChecks: readonly Check[] = [...journalChecks, ...stockChecks, ...reservationChecks, ...pegChecks, ...openAmountChecks, ...counterChecks, ...ledgerChecks, ...documentChecks, ...orderChecks]
