import { choice, constant, fixed, from, made, reference } from '../../../core/import/field-sources.ts'
import type { ImportStep } from '../../../core/import/importer.ts'
import { masterStep } from '../../../core/import/master-step.ts'
import { customers } from './customers.ts'
import { fixtures, stockUnit } from './source.ts'

/** Units that are counted, not measured: they have no decimals. */
const counted = new Set(['BOX', 'BTL', 'CAN', 'CAR', 'CR', 'CS', 'CTN', 'DZ', 'EA', 'PAK', 'PAL', 'PC'])

const units = masterStep({
  file: 'UnitMeasure.csv', entity: 'units', externalId: ({ values }) => values.UnitMeasureCode ?? '',
  fields: { code: from('UnitMeasureCode'), name: from('Name'), decimals: made('UnitMeasureCode', ({ values }) => (counted.has(values.UnitMeasureCode ?? '') ? 0 : 3)) },
}, { en: 'Units', zh: '计量单位' })

const categories = masterStep({
  file: 'ProductCategory.csv', entity: 'part-categories', name: 'categories', externalId: ({ values }) => `category:${values.ProductCategoryId}`,
  fields: { code: made('ProductCategoryId', ({ values }) => `AW-${values.ProductCategoryId}`), name: from('Name') },
}, { en: 'Part categories', zh: '物料大类' })

const subcategories = masterStep({
  file: 'ProductSubcategory.csv', entity: 'part-categories', externalId: ({ values }) => `subcategory:${values.ProductSubcategoryId}`,
  fields: {
    code: made('ProductSubcategoryId', ({ values }) => `AW-${values.ProductCategoryId}-${values.ProductSubcategoryId}`), name: from('Name'),
    parent: reference('ProductCategoryId', 'part-categories', (id) => `category:${id}`),
  },
}, { en: 'Part subcategories', zh: '物料小类' })

const parts = masterStep({
  file: 'Product.csv', entity: 'parts', columns: ['ProductId', 'Color', 'Size', 'SizeUnitMeasureCode', 'Weight', 'WeightUnitMeasureCode', 'SellEndDate', 'DiscontinuedDate'],
  externalId: ({ values }) => values.ProductId ?? '',
  fields: {
    partNumber: from('ProductNumber'), name: from('Name'), description: made('Name', ({ values }) => describe(values)),
    category: reference('ProductSubcategoryId', 'part-categories', (id) => `subcategory:${id}`), unit: fixed('units', stockUnit),
    makeOrBuy: choice('MakeFlag', { 0: 'buy', 1: 'make' }), purchasable: choice('MakeFlag', { 0: true, 1: false }), sellable: choice('FinishedGoodsFlag', { 0: false, 1: true }),
    stocked: constant(true), tracking: constant('none'), standardCost: from('StandardCost'),
    // A list price of nothing is none: it would otherwise sell the part for nothing.
    listPrice: made('ListPrice', ({ values }) => (/^0*(\.0*)?$/.test(values.ListPrice ?? '') ? null : values.ListPrice)),
    safetyStock: from('SafetyStockLevel'), reorderPoint: from('ReorderPoint'), leadTimeDays: from('DaysToManufacture'),
    status: made('SellEndDate', ({ values }) => (values.SellEndDate || values.DiscontinuedDate ? 'inactive' : 'active')),
  },
}, { en: 'Parts', zh: '物料' })

const suppliers = masterStep({
  file: 'Vendor.csv', entity: 'suppliers', columns: ['BusinessEntityId', 'CreditRating', 'PreferredVendorStatus', 'PurchasingWebServiceURL'],
  externalId: ({ values }) => values.BusinessEntityId ?? '',
  fields: {
    number: from('AccountNumber'), name: from('Name'), status: choice('ActiveFlag', { 0: 'inactive', 1: 'active' }), language: constant('en'),
    taxCode: fixed('tax-codes', fixtures.purchaseTax), paymentTerm: fixed('payment-terms', fixtures.paymentTerm),
    internalNote: made('CreditRating', ({ values }) => sentence([
      `Credit rating ${values.CreditRating} of 5`, values.PreferredVendorStatus === '1' && 'preferred supplier', values.PurchasingWebServiceURL,
    ])),
  },
}, { en: 'Suppliers', zh: '供应商' })

export const supplierPartId = (product: string, vendor: string): string => `${product}:${vendor}`

const supplierParts = masterStep({
  file: 'ProductVendor.csv', entity: 'supplier-parts', externalId: ({ values }) => supplierPartId(values.ProductId ?? '', values.BusinessEntityId ?? ''),
  fields: {
    supplier: reference('BusinessEntityId', 'suppliers'), part: reference('ProductId', 'parts'), unit: reference('UnitMeasureCode', 'units'),
    price: from('StandardPrice'), leadTimeDays: from('AverageLeadTime'), minimum: from('MinOrderQty'), maximum: from('MaxOrderQty'),
  },
}, { en: 'Supplier parts', zh: '供应商物料' })

/** AdventureWorks adds `StockedQty`, in the supplier's unit, to its stock as it is: one of them is one piece there. */
const conversions = masterStep({
  file: 'ProductVendor.csv', entity: 'unit-conversions', repeats: true, quiet: true, externalId: ({ values }) => `${values.ProductId}:${values.UnitMeasureCode}`,
  only: ({ values }) => values.UnitMeasureCode !== stockUnit,
  fields: {
    part: reference('ProductId', 'parts'), fromUnit: reference('UnitMeasureCode', 'units'), toUnit: fixed('units', stockUnit),
    numerator: constant(1), denominator: constant(1),
  },
}, { en: 'Unit conversions', zh: '单位换算' })

const locations = masterStep({
  file: 'Location.csv', entity: 'locations', externalId: ({ values }) => values.LocationId ?? '',
  fields: {
    site: fixed('sites', fixtures.site), code: made('LocationId', ({ values }) => `AW-${(values.LocationId ?? '').padStart(2, '0')}`), name: from('Name'), locationType: constant('stock'),
  },
}, { en: 'Locations', zh: '库位' })

const prices = masterStep({
  file: 'ProductListPriceHistory.csv', entity: 'prices', externalId: ({ values }) => `${values.ProductId}:${values.StartDate}`,
  fields: {
    priceList: fixed('price-lists', fixtures.priceList), part: reference('ProductId', 'parts'), unit: fixed('units', stockUnit), minimumQuantity: constant('0'),
    price: from('ListPrice'), validFrom: from('StartDate'), validTo: from('EndDate'),
  },
}, { en: 'Dated list prices', zh: '历史标价' })

export const masterSteps: readonly ImportStep[] = [units, categories, subcategories, parts, suppliers, supplierParts, conversions, locations, customers, prices]

function describe(values: Readonly<Record<string, string>>): string {
  const { Color, Size, SizeUnitMeasureCode, Weight, WeightUnitMeasureCode } = values
  return sentence([Color && `Color ${Color}`, Size && `size ${Size} ${SizeUnitMeasureCode ?? ''}`.trim(), Weight && `weight ${Weight} ${WeightUnitMeasureCode ?? ''}`.trim()])
}

const sentence = (parts: readonly (string | false | undefined)[]) => parts.filter(Boolean).join('; ')
