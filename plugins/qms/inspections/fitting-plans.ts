import type { InspectionPlans } from '../../../config/generated/entities.ts'
import type { Store } from '../../core/data/store.ts'

/**
 * The active plan of a stage for each part: one of this supplier before one for all, then by code. In one query; parts that are not
 * inspected are missing.
 */
export async function fittingPlans(
  store: Store, { parts, supplier, stage }: { readonly parts: readonly string[]; readonly supplier?: string | null; readonly stage?: InspectionPlans['stage'] },
): Promise<Map<string, InspectionPlans>> {
  if (parts.length === 0) return new Map()
  const plans = await store.find('inspection-plans', {
    where: { and: [{ part: { in: [...new Set(parts)] } }, { status: { equals: 'active' } }, ...(stage ? [{ stage: { equals: stage } }] : [])] }, sort: 'code',
  })
  const fits = plans.filter((plan) => !plan.supplier || plan.supplier === supplier)
  const found = new Map<string, InspectionPlans>()
  for (const plan of [...fits.filter((one) => one.supplier), ...fits.filter((one) => !one.supplier)]) {
    if (!found.has(plan.part)) found.set(plan.part, plan)
  }
  return found
}
