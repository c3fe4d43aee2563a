/** Source of the external keys. */
export const source = 'adventureworks'

/** What AdventureWorks keeps its books in, and where. */
export const currency = 'USD'
export const timeZone = 'America/Los_Angeles'

/** External ids of what the import itself sets up, so that rows can refer to it. */
export const fixtures = {
  company: 'company', site: 'site', priceList: 'list', purchaseTax: 'purchase-tax', noTax: 'no-tax', paymentTerm: 'net30', stockCount: 'inventory',
} as const

/** The stock unit of every part: AdventureWorks counts its stock in pieces and knows no other. */
export const stockUnit = 'EA'

/** Every purchase order of the data bears 8 % (`TaxAmt` ÷ `SubTotal`), at 10^-6 of a percent. */
export const purchaseTaxRate = 8_000_000
