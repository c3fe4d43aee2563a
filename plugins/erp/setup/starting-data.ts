/** What a new firm starts with in every country; names in both languages, figures as they are stored. */

export const startingUnits = [
  { code: 'PCS', name: 'Piece', nameZh: '件', decimals: 0 },
  { code: 'SET', name: 'Set', nameZh: '套', decimals: 0 },
  { code: 'PR', name: 'Pair', nameZh: '副', decimals: 0 },
  { code: 'BOX', name: 'Box', nameZh: '箱', decimals: 0 },
  { code: 'KG', name: 'Kilogram', nameZh: '千克', decimals: 3 },
  { code: 'M', name: 'Metre', nameZh: '米', decimals: 3 },
  { code: 'H', name: 'Hour', nameZh: '小时', decimals: 2 },
] as const

export const startingPaymentTerms = [
  { code: 'PREPAID', name: 'Prepaid', nameZh: '款到发货', netDays: 0, endOfMonth: false, depositPercent: 100_000_000 },
  { code: 'NET30', name: '30 days net', nameZh: '开票后 30 天', netDays: 30, endOfMonth: false, depositPercent: 0 },
  { code: 'EOM30', name: '30 days from the end of the month', nameZh: '月结 30 天', netDays: 30, endOfMonth: true, depositPercent: 0 },
  { code: 'DEP30', name: '30 % deposit, rest in 30 days', nameZh: '订金 30%，余款 30 天', netDays: 30, endOfMonth: false, depositPercent: 30_000_000 },
] as const

export const startingLocations = [
  { code: 'A-01', name: 'Main stock', locationType: 'stock' },
  { code: 'IN', name: 'Receiving', locationType: 'receiving' },
  { code: 'OUT', name: 'Shipping', locationType: 'shipping' },
  { code: 'QA', name: 'Quarantine', locationType: 'quarantine' },
] as const
