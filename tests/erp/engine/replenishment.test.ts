import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyLot, chooseOffer, proposeReorder, proposeReorders } from '../../../plugins/erp/engine/replenishment.ts'
import type { ReplenishmentPart, SupplierOffer } from '../../../plugins/erp/engine/replenishment.ts'

const unit = 1_000_000
const today = '2026-03-01'
const noLot = { minimum: 0, multiple: 0 }
const offer: SupplierOffer = { supplier: 's1', name: 'Chain Works', unitPrice: 10 * unit, leadTimeDays: 14, lot: noLot }
const part: ReplenishmentPart = {
  part: 'chain', available: 40 * unit, onOrder: 0, reorderPoint: 50 * unit, safetyStock: 20 * unit, leadTimeDays: 7, lot: noLot, offers: [offer],
}
const propose = (overrides: Partial<ReplenishmentPart>) => proposeReorder({ part: { ...part, ...overrides }, today })

describe('reorder proposals', () => {
  it('fills up to the target and says why, in both languages', () => {
    expect(propose({ onOrder: 5 * unit, orderUpTo: 120 * unit, lot: { minimum: 50 * unit, multiple: 20 * unit } })).toEqual({
      part: 'chain', quantity: 80 * unit, neededDate: '2026-03-15', supplier: 's1', unitPrice: 10 * unit, urgency: 'normal',
      reason: {
        en: 'Available 40 + on order 5 = 45, at or below the reorder point 50. Needed 75, raised to 80 by the lot rule. Supplier: Chain Works, 14 days.',
        zh: '可用 40 + 在途 5 = 45，已降至再订货点 50。净需求 75，按批量规则调整为 80。供应商：Chain Works，交期 14 天。',
      },
    })
  })

  it.each<[string, Partial<ReplenishmentPart>, number | undefined]>([
    ['above the reorder point: nothing', { available: 51 * unit }, undefined],
    ['exactly at the point without lot rule: nothing is missing', { available: 50 * unit }, undefined],
    ['exactly at the point with a minimum', { available: 50 * unit, lot: { minimum: 30 * unit, multiple: 0 } }, 30 * unit],
    ['what is on order counts', { onOrder: 11 * unit }, undefined],
    ['below the point', {}, 10 * unit],
    ['customers wait', { available: -30 * unit }, 80 * unit],
    ['no point set, below safety stock', { reorderPoint: 0, available: 19 * unit }, unit],
    ['no point set, at safety stock', { reorderPoint: 0, available: 20 * unit, lot: { minimum: unit, multiple: 0 } }, undefined],
    ['nothing set, nothing short', { reorderPoint: 0, safetyStock: 0, available: 0, lot: { minimum: unit, multiple: 0 } }, undefined],
    ['nothing set, short', { reorderPoint: 0, safetyStock: 0, available: -unit }, unit],
    ['the larger of the two minima', { lot: { minimum: 15 * unit, multiple: 0 }, offers: [{ ...offer, lot: { minimum: 25 * unit, multiple: 0 } }] }, 25 * unit],
    ["the supplier's multiple rules", { lot: { minimum: 0, multiple: 7 * unit }, offers: [{ ...offer, lot: { minimum: 0, multiple: 12 * unit } }] }, 12 * unit],
  ])('%s', (_, overrides, quantity) => {
    expect(propose(overrides)?.quantity).toBe(quantity)
  })

  it('asks for a supplier when none offers the part, with the lead time of the part', () => {
    const proposal = propose({ offers: [] })
    expect(proposal).toMatchObject({ neededDate: '2026-03-08' })
    expect(proposal).not.toHaveProperty('supplier')
    expect(proposal?.reason.zh).toContain('请选择供应商')
  })

  it('puts shortages first, then what is below safety stock', () => {
    const parts = [{ ...part, part: 'normal' }, { ...part, part: 'urgent', available: 19 * unit }, { ...part, part: 'short', available: -unit }, { ...part, part: 'enough', available: 99 * unit }]
    expect(proposeReorders({ parts, today }).map((proposal) => `${proposal.part} ${proposal.urgency}`)).toEqual(['short shortage', 'urgent urgent', 'normal normal'])
  })

  it('always reaches the target in whole lots', () => {
    const figure = fc.integer({ min: 0, max: 100 * unit })
    fc.assert(fc.property(fc.integer({ min: -100 * unit, max: 100 * unit }), figure, figure, figure, figure, (available, reorderPoint, safetyStock, minimum, multiple) => {
      const proposal = propose({ available, reorderPoint, safetyStock, lot: { minimum, multiple } })
      const target = Math.max(reorderPoint, safetyStock)
      if (!proposal) {
        expect(available >= (reorderPoint > 0 ? reorderPoint : safetyStock)).toBe(true)
        return
      }
      expect(available + proposal.quantity).toBeGreaterThanOrEqual(target)
      expect(proposal.quantity).toBeGreaterThanOrEqual(minimum)
      if (multiple > 0) expect(proposal.quantity % multiple).toBe(0)
    }))
  })
})

describe('choosing a supplier', () => {
  const dear = { ...offer, supplier: 's2', unitPrice: 12 * unit }
  it('prefers the preferred, then the cheapest order, then the fastest', () => {
    const pick = (offers: SupplierOffer[], quantity = 10 * unit) => chooseOffer({ offers, today, quantity })?.supplier
    expect(pick([dear, offer])).toBe('s1')
    expect(pick([{ ...dear, preferred: true }, offer])).toBe('s2')
    // 10 × 12.00 = 120.00 beats 50 × 10.00 = 500.00, which the cheaper supplier's minimum would make of it.
    expect(pick([dear, { ...offer, lot: { minimum: 50 * unit, multiple: 0 } }])).toBe('s2')
    expect(pick([offer, { ...offer, supplier: 's3', leadTimeDays: 3 }])).toBe('s3')
    expect(pick([{ ...offer, supplier: 's3' }, offer])).toBe('s1')
  })

  it('ignores offers not valid today', () => {
    expect(chooseOffer({ offers: [{ ...offer, validTo: '2026-02-28' }, { ...dear, validFrom: today }], today, quantity: unit })?.supplier).toBe('s2')
    expect(chooseOffer({ offers: [{ ...offer, validFrom: '2026-03-02' }], today, quantity: unit })).toBeUndefined()
  })
})

it('rounds up to lots', () => {
  expect([applyLot(0, noLot), applyLot(3, { minimum: 0, multiple: 5 }), applyLot(5, { minimum: 0, multiple: 5 }), applyLot(6, { minimum: 12, multiple: 5 })]).toEqual([0, 5, 5, 15])
})
