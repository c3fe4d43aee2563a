import type { Permission, PermissionAction, RoleDefinition } from './language/role.ts'

// Groups of entities and of fields. A field of a line stands with its document, whose rights are the line's.
const masters = [
  'companies', 'sites', 'locations', 'units', 'unit-conversions', 'part-categories', 'parts', 'customers', 'contacts',
  'suppliers', 'supplier-parts', 'payment-terms', 'tax-codes', 'price-lists', 'prices', 'ledger-accounts',
]
const crmDocuments = ['leads', 'opportunities', 'quotes', 'activities']
const qualityDocuments = ['inspections', 'nonconformances', 'inspection-plans', 'sampling-series']
const tradeDocuments = ['sales-orders', 'deliveries', 'sales-returns', 'purchase-orders', 'receipts', 'reorder-proposals']
const financeDocuments = ['invoices', 'credit-notes', 'payments', 'supplier-bills', 'journal-entries', 'periods']
const makingDocuments = ['bom-versions', 'routings', 'work-centres']
const stockRecords = ['reservations', 'stock-balances', 'stock-entries', 'stock-values', 'stock-counts']

const bankDetails = ['bankName', 'bankNameZh', 'bankAccount']
const margins = ['marginAmount', 'marginBasis', 'unitCost']
const movedCosts = ['costTotal', 'costAmount', 'journalEntry']
const rates = ['labourRate', 'overheadRate']
const prices = [
  'netTotal', 'taxTotal', 'grandTotal', 'taxLines', 'depositAmount', 'paidAmount', 'openCreditAmount', 'priceList', 'paymentTerm',
  'billingStatus', 'paymentStatus', 'unitPrice', 'discountPercent', 'taxCode', 'netAmount',
]

/** The roles a firm starts with, each with the least it needs. They are data: a firm changes them in the panel. */
export const shippedRoles = [
  {
    slug: 'owner',
    label: { en: 'Owner', zh: '企业主' },
    permissions: grant(['*'], ['read', 'create', 'edit', 'discard', 'export', 'import', 'send']),
  },
  {
    slug: 'salesRep',
    label: { en: 'Sales representative', zh: '销售员' },
    permissions: [
      ...grant(['companies', 'sites', 'units', 'unit-conversions', 'part-categories', 'payment-terms', 'tax-codes', 'price-lists', 'prices'], ['read'], bankDetails),
      ...grant(['parts'], ['read'], ['standardCost', 'preferredSupplier']),
      ...grant(['customers', 'contacts'], ['read', 'create', 'edit', 'export']),
      ...grant(['leads', 'opportunities', 'activities'], ['read', 'create', 'edit', 'discard', 'export', 'send']),
      ...grant(['quotes', 'sales-orders'], ['read', 'create', 'edit', 'discard', 'export', 'send'], margins),
      ...grant(['deliveries', 'sales-returns'], ['read'], movedCosts),
      ...send('deliveries', ['track', 'confirm', 'returnGoods', 'cancel']),
      ...grant(['invoices', 'credit-notes'], ['read', 'export'], ['journalEntry']),
      ...grant(['reservations', 'stock-balances'], ['read']),
    ],
  },
  {
    slug: 'salesManager',
    label: { en: 'Sales manager', zh: '销售经理' },
    permissions: [
      ...grant(['companies', 'sites', 'units', 'unit-conversions', 'part-categories', 'payment-terms', 'tax-codes'], ['read'], bankDetails),
      ...grant(['users'], ['read']),
      ...grant(['parts'], ['read', 'export']),
      ...grant(['customers', 'contacts', 'price-lists', 'prices'], ['read', 'create', 'edit', 'export', 'import']),
      ...grant(['leads', 'opportunities', 'activities', 'quotes', 'sales-orders'], ['read', 'create', 'edit', 'discard', 'export', 'import', 'send']),
      ...grant(['deliveries', 'sales-returns'], ['read', 'export'], ['journalEntry']),
      ...send('deliveries', ['track', 'confirm', 'returnGoods', 'cancel']),
      ...send('sales-returns', ['close']),
      ...grant(['invoices', 'credit-notes'], ['read', 'export'], ['journalEntry']),
      ...send('invoices', ['credit']),
      ...grant(['reservations', 'stock-balances'], ['read', 'export']),
    ],
  },
  {
    slug: 'buyer',
    label: { en: 'Buyer', zh: '采购员' },
    permissions: [
      ...grant(['companies', 'sites', 'locations', 'units', 'unit-conversions', 'payment-terms', 'tax-codes'], ['read'], bankDetails),
      ...grant(['part-categories', 'parts', 'suppliers', 'supplier-parts', 'contacts'], ['read', 'create', 'edit', 'export', 'import']),
      ...grant(['purchase-orders', 'reorder-proposals'], ['read', 'create', 'edit', 'discard', 'export', 'import', 'send']),
      ...grant(['receipts'], ['read', 'export'], ['journalEntry']),
      ...grant(['supplier-bills'], ['read', 'export'], ['journalEntry']),
      ...grant(['inspections', 'nonconformances', 'sampling-series'], ['read', 'export']),
      ...grant(['reservations', 'stock-balances'], ['read', 'export']),
      ...grant(['stock-entries'], ['read']),
      ...grant(['bom-versions'], ['read']),
    ],
  },
  {
    slug: 'storekeeper',
    label: { en: 'Storekeeper', zh: '仓管员' },
    permissions: [
      ...grant(['companies', 'sites', 'units', 'unit-conversions', 'part-categories'], ['read'], bankDetails),
      ...grant(['locations'], ['read', 'create', 'edit', 'export']),
      ...grant(['parts'], ['read'], ['listPrice', 'standardCost']),
      ...grant(['customers', 'suppliers'], ['read'], [...bankDetails, 'creditLimit', 'priceList', 'paymentTerm', 'internalNote']),
      ...grant(['sales-orders'], ['read'], [...prices, ...margins]),
      ...send('sales-orders', ['deliver', 'reserve']),
      ...grant(['purchase-orders'], ['read'], prices),
      ...send('purchase-orders', ['receive']),
      ...grant(['deliveries', 'sales-returns', 'receipts'], ['read', 'edit', 'discard', 'export', 'send'], movedCosts),
      ...grant(['stock-counts'], ['read', 'create', 'edit', 'discard', 'export', 'send'], [
        'valueDifference', 'unitCost', 'differenceValue', 'journalEntry',
      ]),
      ...grant(['reservations', 'stock-balances'], ['read', 'export']),
      ...grant(['inspections', 'nonconformances'], ['read']),
      ...grant(['stock-entries'], ['read', 'export'], ['value', 'unitCost']),
    ],
  },
  {
    slug: 'engineer',
    label: { en: 'Product engineer', zh: '产品工程师' },
    permissions: [
      ...grant(['companies', 'sites', 'units', 'unit-conversions', 'part-categories'], ['read'], bankDetails),
      ...grant(['parts'], ['read', 'create', 'edit', 'export', 'import'], ['listPrice']),
      ...grant(['bom-versions', 'routings'], ['read', 'create', 'edit', 'discard', 'export', 'import', 'send']),
      ...grant(['work-centres'], ['read'], rates),
    ],
  },
  {
    slug: 'productionManager',
    label: { en: 'Production manager', zh: '生产经理' },
    permissions: [
      ...grant(['companies', 'sites', 'units', 'unit-conversions', 'part-categories', 'locations'], ['read'], bankDetails),
      ...grant(['parts'], ['read', 'export'], ['listPrice']),
      ...grant(['bom-versions', 'routings', 'work-centres'], ['read', 'create', 'edit', 'discard', 'export', 'import', 'send']),
      ...grant(['stock-balances'], ['read', 'export']),
    ],
  },
  {
    slug: 'inspector',
    label: { en: 'Inspector', zh: '检验员' },
    permissions: [
      ...grant(['companies', 'sites', 'locations', 'units', 'part-categories'], ['read'], bankDetails),
      ...grant(['parts'], ['read'], ['listPrice', 'standardCost']),
      ...grant(['suppliers'], ['read'], [...bankDetails, 'paymentTerm', 'internalNote']),
      ...grant(['receipts'], ['read'], movedCosts),
      ...grant(['inspections', 'nonconformances'], ['read', 'create', 'edit', 'export', 'send']),
      ...grant(['inspection-plans', 'sampling-series'], ['read', 'export']),
      ...grant(['stock-balances'], ['read']),
    ],
  },
  {
    slug: 'qualityManager',
    label: { en: 'Quality manager', zh: '质量经理' },
    permissions: [
      ...grant(['companies', 'sites', 'locations', 'units', 'part-categories'], ['read'], bankDetails),
      ...grant(['users'], ['read']),
      ...grant(['parts'], ['read'], ['listPrice']),
      ...grant(['suppliers'], ['read'], [...bankDetails, 'paymentTerm']),
      ...grant(['receipts', 'purchase-orders'], ['read'], [...prices, ...movedCosts]),
      ...grant(['inspection-plans'], ['read', 'create', 'edit', 'discard', 'export', 'import']),
      ...grant(['inspections', 'nonconformances'], ['read', 'create', 'edit', 'discard', 'export', 'send']),
      ...grant(['sampling-series'], ['read', 'export', 'send']),
      ...grant(['stock-balances'], ['read', 'export']),
    ],
  },
  {
    slug: 'accountant',
    label: { en: 'Accountant', zh: '会计' },
    permissions: [
      ...grant([...masters, ...crmDocuments, ...tradeDocuments, ...financeDocuments, ...stockRecords, ...makingDocuments, ...qualityDocuments, 'account-balances'], ['read', 'export']),
      ...grant(['users'], ['read']),
      ...grant(['companies', 'customers', 'suppliers'], ['edit']),
      ...grant(['payment-terms', 'tax-codes', 'ledger-accounts'], ['create', 'edit', 'import']),
      ...grant(financeDocuments, ['create', 'edit', 'discard', 'import', 'send']),
      ...grant(['stock-counts'], ['create', 'edit', 'discard', 'import', 'send']),
      ...send('sales-orders', ['invoice', 'requestDeposit']),
      ...send('sales-returns', ['close']),
      ...send('purchase-orders', ['bill']),
    ],
  },
  {
    slug: 'viewer',
    label: { en: 'Viewer', zh: '只读用户' },
    permissions: [
      ...grant(masters.filter((slug) => slug !== 'ledger-accounts'), ['read'], [...bankDetails, 'standardCost', 'creditLimit', 'internalNote']),
      ...grant(makingDocuments, ['read'], rates),
      ...grant(crmDocuments, ['read'], [...margins, 'internalNote']),
      ...grant(tradeDocuments, ['read'], [...margins, ...movedCosts, 'internalNote']),
      ...grant(['invoices', 'credit-notes'], ['read'], ['journalEntry', 'internalNote']),
      ...grant(['reservations', 'stock-balances', ...qualityDocuments], ['read']),
    ],
  },
  {
    // The platform itself: its authority comes from the code that acts, so that no row of data can lend it to a person.
    slug: 'system',
    label: { en: 'System', zh: '系统' },
    permissions: [],
  },
] satisfies RoleDefinition[]

function grant(
  entities: readonly string[], actions: readonly PermissionAction[], hidden: readonly string[] = [],
): Permission[] {
  return entities.map((entity) => ({ entity, actions, ...(hidden.length > 0 ? { hiddenFields: hidden } : {}) }))
}

function send(entity: string, events: readonly string[]): Permission[] {
  return [{ entity, actions: ['send'], events }]
}
