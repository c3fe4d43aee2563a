export const viewNames = ['explode', 'totals', 'whereUsed', 'rollUpCost', 'compare'] as const
export type ViewName = (typeof viewNames)[number]

/** The operation that answers; added up is told together with what it adds up. */
export const operationOf = (view: ViewName): 'explode' | 'whereUsed' | 'rollUpCost' | 'compare' => (view === 'totals' ? 'explode' : view)

/** What a view asks for, of the questions of the page; without those of the first list nothing is asked. */
export const askedBy = (view: ViewName): { readonly needs: readonly string[]; readonly may: readonly string[] } => {
  if (view === 'compare') return { needs: ['before', 'after'], may: [] }
  return { needs: ['part'], may: view === 'explode' || view === 'totals' ? ['quantity', 'site', 'date'] : ['site', 'date'] }
}
