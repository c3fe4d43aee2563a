export const viewNames = ['explode', 'totals', 'whereUsed', 'rollUpCost'] as const
export type ViewName = (typeof viewNames)[number]

/** The operation that answers; added up is told together with what it adds up. */
export const operationOf = (view: ViewName): 'explode' | 'whereUsed' | 'rollUpCost' => (view === 'totals' ? 'explode' : view)
