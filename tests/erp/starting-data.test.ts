import { describe, expect, it } from 'vitest'
import { startingPaymentTerms } from '../../plugins/erp/setup/starting-data.ts'

describe('the payment terms a firm starts with', () => {
  it('count from the invoice, in Chinese too: never from the arrival of the goods', () => {
    expect(startingPaymentTerms.map(({ code, nameZh }) => [code, nameZh])).toContainEqual(['NET30', '开票后 30 天'])
    for (const { nameZh, netDays } of startingPaymentTerms) if (netDays > 0) expect(nameZh).not.toContain('货到')
  })
})
