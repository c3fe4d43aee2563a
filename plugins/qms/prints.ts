import type { PrintDefinition } from '../core/print/print-definition.ts'

/** What was inspected of a lot, what was found, and the verdict. */
const certificate: PrintDefinition = {
  entity: 'inspections',
  title: { en: 'Inspection certificate', zh: '检验报告' },
  addressee: { label: { en: 'Supplier', zh: '供应商' }, field: 'supplier', address: [{ of: 'partner', field: 'address' }] },
  facts: [
    { field: 'part' },
    { field: 'lot' },
    { field: 'quantity' },
    { field: 'stage' },
    { field: 'receipt' },
    { field: 'plan' },
    { field: 'severity' },
    { field: 'level' },
    { field: 'aql' },
    { field: 'sampleSize' },
    { field: 'acceptanceNumber' },
    { field: 'rejectionNumber' },
    { field: 'nonconforming' },
    { field: 'judgement' },
    { field: 'acceptedQuantity' },
    { field: 'rejectedQuantity' },
    { field: 'verdictDate' },
  ],
  rows: 'characteristics',
  columns: [
    { field: 'code' },
    { field: 'name', inChinese: 'nameZh' },
    { field: 'nominal', optional: true },
    { field: 'lowerLimit', optional: true },
    { field: 'upperLimit', optional: true },
    { field: 'unit', optional: true },
    { field: 'lowest', optional: true },
    { field: 'highest', optional: true },
    { field: 'conforming' },
    { field: 'failed' },
  ],
  priced: false,
  texts: ['note'],
  signatures: [{ en: 'Inspected by, date', zh: '检验员（签字）、日期' }, { en: 'Approved by, date', zh: '批准（签字盖章）、日期' }],
  stampedIn: ['waiting', 'inspecting'],
}

/** QMS on paper. */
export const qmsPrints: readonly PrintDefinition[] = [certificate]
