import type { Importer } from '../../../core/import/importer.ts'
import { closePeriods } from './historic-periods.ts'
import { masterSteps } from './masters.ts'
import { purchaseOrders } from './orders.ts'
import { prepareCompany } from './set-up.ts'
import { source } from './source.ts'
import { stockCount } from './stock-count.ts'

/** Microsoft's sample bicycle factory, as CSV; columns and decisions stand in docs/import.md. */
export const adventureworks: Importer = {
  slug: source,
  label: { en: 'AdventureWorks', zh: 'AdventureWorks 自行车厂' },
  files: [
    'UnitMeasure.csv', 'ProductCategory.csv', 'ProductSubcategory.csv', 'Product.csv', 'Vendor.csv', 'ProductVendor.csv', 'Location.csv', 'Store.csv', 'SalesTerritory.csv',
    'Customer.csv', 'ProductListPriceHistory.csv', 'PurchaseOrderHeader.csv', 'PurchaseOrderDetail.csv', 'ProductInventory.csv',
  ],
  entities: [
    'companies', 'sites', 'locations', 'units', 'unit-conversions', 'part-categories', 'parts', 'suppliers', 'supplier-parts', 'customers', 'payment-terms', 'tax-codes',
    'price-lists', 'prices', 'purchase-orders', 'receipts', 'supplier-bills', 'stock-counts', 'journal-entries', 'periods',
  ],
  prepare: prepareCompany,
  steps: [...masterSteps, purchaseOrders, stockCount, closePeriods],
}
