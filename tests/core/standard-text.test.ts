import { describe, expect, it } from 'vitest'
import { activities } from '../../collections/crm/activities.ts'
import { text } from '../../config/language/fields.ts'
import { inReaderLanguage, readStandard, writeStandard } from '../../plugins/core/entities/standard-text.ts'
import { opportunity } from '../../workflows/crm/opportunity.ts'

/** The subjects of activities that shipped workflows plan, as texts in both languages. */
const plannedSubjects = (node: unknown): unknown[] => {
  if (typeof node !== 'object' || node === null) return []
  const { type, params } = node as { type?: unknown; params?: { subject?: unknown } }
  const own = type === 'crm.createActivity' && typeof params?.subject === 'object' && params.subject !== null && 'zh' in params.subject ? [params.subject] : []
  return [...own, ...Object.values(node).flatMap(plannedSubjects)]
}

const deposit = { en: 'Less deposit {invoice} of {date}', zh: '抵扣 {date} 订金发票 {invoice}' }
const call = { en: 'Call (again)', zh: '请联系客户' }
const parameters = { invoice: 'INV-2026-00001', date: '2026-11-20' }

describe('a standard text', () => {
  it('is read in the language of the reader, in whichever it was written', () => {
    const [english, chinese] = [writeStandard(deposit, 'en', parameters), writeStandard(deposit, 'zh', parameters)]
    expect([english, chinese]).toEqual(['Less deposit INV-2026-00001 of 2026-11-20', '抵扣 2026-11-20 订金发票 INV-2026-00001'])
    for (const written of [english, chinese]) {
      expect(readStandard([call, deposit], 'en', written)).toBe(english)
      expect(readStandard([call, deposit], 'zh', written)).toBe(chinese)
    }
    expect(readStandard([deposit, call], 'zh', 'Call (again)')).toBe('请联系客户')
  })

  it('that somebody changed stays as it was written', () => {
    for (const written of ['Less deposit INV-1 of 2026-11-20, as agreed', 'Our deposit', '', 'Call again']) expect(readStandard([deposit, call], 'zh', written)).toBe(written)
    expect(readStandard(undefined, 'zh', 'Call (again)')).toBe('Call (again)')
  })

  it('of every activity that a shipped workflow plans is declared, so that each reader sees it in his language', () => {
    const planned = plannedSubjects(opportunity)
    expect(planned).not.toHaveLength(0)
    expect(activities.fields.find(({ name }) => name === 'subject')?.standardTexts).toEqual(expect.arrayContaining(planned))
  })

  it('is found in the fields that declare it', () => {
    const fields = [text('subject', { en: 'Subject', zh: '主题' }, { standardTexts: [call] }), text('note', { en: 'Note', zh: '备注' })]
    expect(inReaderLanguage({ fields }, 'zh', { id: '1', subject: 'Call (again)', note: 'Call (again)' })).toEqual({ id: '1', subject: '请联系客户', note: 'Call (again)' })
  })
})
