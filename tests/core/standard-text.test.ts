import { describe, expect, it } from 'vitest'
import { text } from '../../config/language/fields.ts'
import { inReaderLanguage, readStandard, writeStandard } from '../../plugins/core/entities/standard-text.ts'

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

  it('is found in the fields that declare it', () => {
    const fields = [text('subject', { en: 'Subject', zh: '主题' }, { standardTexts: [call] }), text('note', { en: 'Note', zh: '备注' })]
    expect(inReaderLanguage({ fields }, 'zh', { id: '1', subject: 'Call (again)', note: 'Call (again)' })).toEqual({ id: '1', subject: '请联系客户', note: 'Call (again)' })
  })
})
