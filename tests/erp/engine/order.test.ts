import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareOrder } from '../../../plugins/erp/engine/change-order.ts'
import type { ConfirmedLine } from '../../../plugins/erp/engine/change-order.ts'
import { billingStatus, deliveryStatus, openQuantities, orderStatus, paymentStatus } from '../../../plugins/erp/engine/order-status.ts'
import type { OrderLineFigures } from '../../../plugins/erp/engine/order-status.ts'

const unit = 1_000_000
const untouched: OrderLineFigures = { ordered: 10, cancelled: 0, reserved: 0, delivered: 0, returned: 0, invoiced: 0, credited: 0 }
const line = (figures: Partial<OrderLineFigures>): OrderLineFigures => ({ ...untouched, ...figures })

describe('status of an order', () => {
  it.each<[string, Partial<OrderLineFigures>[], string, string]>([
    ['nothing happened', [{}], 'none', 'none'],
    ['no lines', [], 'none', 'none'],
    ['part delivered', [{ delivered: 4 }], 'partial', 'none'],
    ['one of two lines', [{ delivered: 10, invoiced: 10 }, {}], 'partial', 'partial'],
    ['all', [{ delivered: 10, invoiced: 10 }], 'complete', 'complete'],
    ['rest cancelled', [{ delivered: 4, invoiced: 4, cancelled: 6 }], 'complete', 'complete'],
    ['a cancelled line does not count', [{ cancelled: 10 }, { delivered: 10 }], 'complete', 'none'],
    ['wholly cancelled', [{ cancelled: 10 }], 'none', 'none'],
    ['returned before it was invoiced', [{ delivered: 10, returned: 3, invoiced: 7 }], 'complete', 'complete'],
    ['returned and credited', [{ delivered: 10, invoiced: 10, returned: 3, credited: 3 }], 'complete', 'complete'],
    ['invoice wholly credited', [{ delivered: 10, invoiced: 10, credited: 10 }], 'complete', 'none'],
    ['over-delivered', [{ delivered: 11, invoiced: 10 }], 'complete', 'complete'],
  ])('%s', (_, lines, delivery, billing) => {
    expect(deliveryStatus(lines.map(line))).toBe(delivery)
    expect(billingStatus(lines.map(line))).toBe(billing)
  })

  it.each([
    [{ total: 100, invoiced: 0, paid: 0 }, 'none'], [{ total: 100, invoiced: 0, paid: 40 }, 'partial'], [{ total: 100, invoiced: 100, paid: 99 }, 'partial'],
    [{ total: 100, invoiced: 60, paid: 100 }, 'prepaid'], [{ total: 100, invoiced: 100, paid: 100 }, 'complete'], [{ total: 100, invoiced: 100, paid: 120 }, 'complete'],
    [{ total: 0, invoiced: 0, paid: 0 }, 'complete'],
  ])('payment of %j is %s', (amounts, status) => {
    expect(paymentStatus(amounts)).toBe(status)
  })

  it('folds all three at once', () => {
    expect(orderStatus({ lines: [line({ delivered: 4, invoiced: 4 })], amounts: { total: 100, invoiced: 40, paid: 40 } }))
      .toEqual({ deliveryStatus: 'partial', billingStatus: 'partial', paymentStatus: 'partial' })
  })
})

describe('open quantities', () => {
  it('tells what may be done now', () => {
    expect(openQuantities({ line: line({ reserved: 5, delivered: 3, invoiced: 1 }) })).toEqual({
      toDeliver: 7, toReserve: 2, deliverableNow: 5, returnable: 3, toInvoice: 9, invoiceableNow: 2, toCredit: 0,
    })
    expect(openQuantities({ line: line({ reserved: 5, delivered: 3 }), available: 1 }).deliverableNow).toBe(6)
    expect(openQuantities({ line: line({ delivered: 3 }), available: -4 }).deliverableNow).toBe(0)
    expect(openQuantities({ line: line({}), policy: 'ordered' }).invoiceableNow).toBe(10)
  })

  it('asks for a credit note only beyond what the customer keeps', () => {
    expect(openQuantities({ line: line({ delivered: 10, invoiced: 10, returned: 2 }) })).toMatchObject({ toCredit: 2, toInvoice: 0, returnable: 8 })
    expect(openQuantities({ line: line({ delivered: 10, invoiced: 5, returned: 2 }) })).toMatchObject({ toCredit: 0, invoiceableNow: 3 })
    expect(openQuantities({ line: line({ delivered: 10, invoiced: 10, returned: 2, credited: 2 }) }).toCredit).toBe(0)
    expect(openQuantities({ line: line({ delivered: 4, invoiced: 10, cancelled: 6 }) }).toCredit).toBe(6)
  })

  const some = fc.nat(20)
  const lives = fc.record({ ordered: some, cancelled: some, reserved: some, delivered: some, returned: some, invoiced: some, credited: some })
    .map((drawn): OrderLineFigures => ({
      ...drawn,
      cancelled: Math.min(drawn.cancelled, drawn.ordered),
      returned: Math.min(drawn.returned, drawn.delivered),
      credited: Math.min(drawn.credited, drawn.invoiced),
    }))

  it('agrees with the statuses: complete is when nothing is open', () => {
    fc.assert(fc.property(lives, (figures) => {
      const open = openQuantities({ line: figures })
      expect(Object.values(open).filter((quantity) => quantity < 0)).toEqual([])
      if (figures.ordered > figures.cancelled) {
        expect(deliveryStatus([figures]) === 'complete').toBe(open.toDeliver === 0)
        expect(billingStatus([figures]) === 'complete').toBe(open.toInvoice === 0)
      }
      expect(open.deliverableNow).toBeLessThanOrEqual(open.toDeliver)
      expect(open.invoiceableNow).toBeLessThanOrEqual(open.toInvoice)
      expect(open.toInvoice === 0 || open.toCredit === 0).toBe(true)
    }))
  })

  it('doing what may be done now leaves nothing to do now', () => {
    fc.assert(fc.property(lives, (figures) => {
      const { invoiceableNow, toCredit, deliverableNow } = openQuantities({ line: figures })
      const after = { ...figures, invoiced: figures.invoiced + invoiceableNow, credited: figures.credited + toCredit }
      expect(openQuantities({ line: after })).toMatchObject({ invoiceableNow: 0, toCredit: 0 })
      const delivered = { ...figures, delivered: figures.delivered + deliverableNow, reserved: Math.max(0, figures.reserved - deliverableNow) }
      expect(openQuantities({ line: delivered }).toDeliver).toBe(openQuantities({ line: figures }).toDeliver - deliverableNow)
    }))
  })
})

describe('change of a confirmed order', () => {
  const bikes: ConfirmedLine = {
    id: 'l1', part: 'bike', quantity: 10 * unit, unitPrice: 1000 * unit, taxCode: 'V13', taxRate: 13 * unit, reserved: 6 * unit, delivered: 4 * unit, invoiced: 2 * unit,
  }
  const bells: ConfirmedLine = { id: 'l2', part: 'bell', quantity: 5 * unit, unitPrice: 10 * unit, reserved: 3 * unit, delivered: 0, invoiced: 0 }
  const asRequested = ({ reserved: _reserved, delivered: _delivered, invoiced: _invoiced, ...rest }: ConfirmedLine) => rest
  const [sameBikes, sameBells] = [asRequested(bikes), asRequested(bells)]
  const compare = (requested: Parameters<typeof compareOrder>[0]['requested'], credit?: { limit: number | null; exposure: number }) =>
    compareOrder({ confirmed: [bikes, bells], requested, exponent: 2, ...(credit && { credit }) })
  const codes = (change: ReturnType<typeof compare>) => change.refusals.map(({ code, path }) => `${path} ${code}`)

  it('sees no difference in the same order', () => {
    const change = compare([sameBikes, { ...sameBells, discountPercent: 0 }])
    expect(change).toMatchObject({ lines: [], refusals: [], impact: { amountDelta: 0, reservations: [] } })
    // 10 × 1000.00 + 5 × 10.00 = 10050.00; tax 13 % of 10000.00
    expect(change.impact.before).toEqual({ net: 1_005_000, tax: 130_000, gross: 1_135_000 })
  })

  it('shows what more and less would do', () => {
    const change = compare([{ ...sameBikes, quantity: 12 * unit }, { ...sameBells, quantity: 2 * unit }], { limit: 1_300_000, exposure: 1_200_000 })
    expect(change.refusals).toEqual([])
    expect(change.lines).toEqual([
      { id: 'l1', kind: 'changed', part: 'bike', changed: ['quantity'], quantityDelta: 2 * unit, amountDelta: 200_000, reservations: [{ part: 'bike', delta: 2 * unit }] },
      { id: 'l2', kind: 'changed', part: 'bell', changed: ['quantity'], quantityDelta: -3 * unit, amountDelta: -3_000, reservations: [{ part: 'bell', delta: -unit }] },
    ])
    // + 2 × 1000.00 × 1.13 − 3 × 10.00 = 2230.00
    expect(change.impact).toMatchObject({
      amountDelta: 223_000,
      reservations: [{ part: 'bike', delta: 2 * unit }, { part: 'bell', delta: -unit }],
      credit: { before: 1_200_000, after: 1_423_000, limit: 1_300_000, isExceeded: true },
    })
  })

  it('lets the credit limit be used up to the last cent', () => {
    // 1 bike more is 1000.00 × 1.13 = 1130.00.
    const oneMore = [{ ...sameBikes, quantity: 11 * unit }, sameBells]
    expect(compare(oneMore, { limit: 113_000, exposure: 0 }).impact.credit?.isExceeded).toBe(false)
    expect(compare(oneMore, { limit: 112_999, exposure: 0 }).impact.credit?.isExceeded).toBe(true)
  })

  it('adds, removes and exchanges lines', () => {
    const change = compare([sameBikes, { part: 'saddle', quantity: 3 * unit, unitPrice: 20 * unit }])
    expect(change.lines.map(({ kind, part, reservations }) => ({ kind, part, reservations }))).toEqual([
      { kind: 'added', part: 'saddle', reservations: [{ part: 'saddle', delta: 3 * unit }] },
      { kind: 'removed', part: 'bell', reservations: [{ part: 'bell', delta: -3 * unit }] },
    ])
    expect(change.refusals).toEqual([])
    expect(compare([sameBikes, { ...sameBells, part: 'horn' }]).impact.reservations)
      .toEqual([{ part: 'bell', delta: -3 * unit }, { part: 'horn', delta: 5 * unit }])
    expect(compare([sameBikes, sameBells], { limit: null, exposure: 10 ** 12 }).impact.credit?.isExceeded).toBe(false)
  })

  it.each<[string, Parameters<typeof compareOrder>[0]['requested'], string[]]>([
    ['less than delivered', [{ ...sameBikes, quantity: 3 * unit }, sameBells], ['lines.0.quantity change.belowDelivered']],
    ['less than delivered and invoiced', [{ ...sameBikes, quantity: unit }, sameBells], ['lines.0.quantity change.belowDelivered', 'lines.0.quantity change.belowInvoiced']],
    ['removing a delivered line', [sameBells], ['lines change.belowDelivered']],
    ['another part on a delivered line', [{ ...sameBikes, part: 'trike' }, sameBells], ['lines.0.part change.partUsed']],
    ['another price on an invoiced line', [{ ...sameBikes, unitPrice: unit }, sameBells], ['lines.0.unitPrice change.priceInvoiced']],
    ['an unknown line', [sameBikes, sameBells, { ...sameBells, id: 'l9' }], ['lines.2 change.unknownLine']],
    ['a line twice', [sameBikes, sameBells, sameBells], ['lines.2 change.repeatedLine']],
    ['no quantity', [sameBikes, { ...sameBells, quantity: 0 }], ['lines.1.quantity change.noQuantity']],
  ])('refuses %s', (_, requested, expected) => {
    expect(codes(compare(requested))).toEqual(expected)
  })

  it('allows exactly the delivered quantity, releasing the whole reservation', () => {
    const change = compare([{ ...sameBikes, quantity: 4 * unit }, sameBells])
    expect(change.refusals).toEqual([])
    expect(change.impact.reservations).toEqual([{ part: 'bike', delta: -6 * unit }])
  })

  it('never releases more than is reserved, and its amounts add up', () => {
    const quantity = fc.integer({ min: 1, max: 30 * unit })
    fc.assert(fc.property(quantity, quantity, fc.nat(30 * unit), fc.nat(30 * unit), (ordered, wanted, reserved, delivered) => {
      const before = { ...bells, quantity: ordered, reserved: Math.min(reserved, ordered), delivered: Math.min(delivered, ordered) }
      const change = compareOrder({ confirmed: [before], requested: [{ ...sameBells, quantity: wanted }], exponent: 2 })
      const delta = change.impact.reservations[0]?.delta ?? 0
      expect(before.reserved + delta).toBeGreaterThanOrEqual(0)
      expect(change.impact.after.gross - change.impact.before.gross).toBe(change.impact.amountDelta)
      expect(change.lines.reduce((sum, entry) => sum + entry.amountDelta, 0)).toBe(change.impact.amountDelta)
      expect(change.refusals.length > 0).toBe(wanted < before.delivered)
    }))
  })
})
