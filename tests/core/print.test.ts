import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coreEntities } from '../../collections/core/entities.ts'
import { quoteLines, quotes } from '../../collections/crm/quotes.ts'
import { crmEntities } from '../../collections/crm/entities.ts'
import { erpEntities } from '../../collections/erp/entities.ts'
import type { EntityDefinition } from '../../config/language/entity.ts'
import { allFields } from '../../plugins/core/entities/system-fields.ts'
import { renminbiInWords } from '../../plugins/core/print/amount-in-words.ts'
import { composePaper } from '../../plugins/core/print/compose-paper.ts'
import { formatScaled, formatValue } from '../../plugins/core/print/format.ts'
import { layoutPaper } from '../../plugins/core/print/layout.ts'
import type { PaperSource } from '../../plugins/core/print/load-source.ts'
import { disposition } from '../../plugins/core/print/print-endpoint.ts'
import type { PrintDefinition } from '../../plugins/core/print/print-definition.ts'
import { crmPrints } from '../../plugins/crm/prints.ts'
import { erpPrints } from '../../plugins/erp/prints.ts'
import { crmWorkflows } from '../../workflows/crm/workflows.ts'
import { erpWorkflows } from '../../workflows/erp/workflows.ts'

const entities = new Map<string, EntityDefinition>([...coreEntities, ...crmEntities, ...erpEntities].map((entity) => [entity.slug, entity]))
const entityOf = (slug: string) => entities.get(slug) ?? expect.fail(`no entity ${slug}`)
const fieldNames = (entity: EntityDefinition) => allFields(entity).map(({ name }) => name)

describe('print definitions', () => {
  it.each([...crmPrints, ...erpPrints].map((definition): [string, PrintDefinition] => [definition.entity, definition]))('%s names fields and states that exist', (slug, definition) => {
    const entity = entityOf(slug)
    const { addressee, otherAddress, facts, amounts = [], texts, columns, priced, titleBy } = definition
    expect(fieldNames(entity)).toEqual(expect.arrayContaining([
      addressee.field, ...[...facts, ...amounts].map(({ field }) => field), ...texts, ...(priced ? ['netTotal', 'taxLines', 'grandTotal'] : []), ...(definition.payment ? ['paymentTerm'] : []),
    ]))
    expect(fieldNames(entityOf(entity.lines?.entity ?? ''))).toEqual(expect.arrayContaining(columns.map(({ field }) => field)))
    const partner = entityOf(allFields(entity).find(({ name }) => name === addressee.field)?.to ?? '')
    for (const { of, field } of [...addressee.address, ...(otherAddress?.fields ?? [])]) expect(fieldNames(of === 'document' ? entity : partner)).toContain(field)
    const states = [...crmWorkflows, ...erpWorkflows].find((workflow) => workflow.entity === slug)?.states ?? {}
    expect(Object.keys(states)).toEqual(expect.arrayContaining([...definition.stampedIn]))
    expect(definition.stampedIn).toContain('draft')
    if (titleBy) expect(allFields(entity).find(({ name }) => name === titleBy.field)?.options?.map(({ value }) => value)).toEqual(expect.arrayContaining(Object.keys(titleBy.titles)))
  })

  it('what never leaves the house is on no paper', () => {
    const secrets = ['internalNote', 'marginAmount', 'unitCost', 'costTotal', 'costAmount', 'owner']
    for (const { facts, columns, amounts = [], texts } of [...crmPrints, ...erpPrints]) {
      expect([...facts, ...columns, ...amounts].map(({ field }) => field).concat(texts).filter((field) => secrets.includes(field))).toEqual([])
    }
  })
})

describe('a paper', () => {
  const rows: Record<string, Record<string, unknown>> = {
    'customers:c': { id: 'c', name: 'Ann & Sons', nameZh: '安氏父子' }, 'parts:p': { id: 'p', partNumber: 'P-1', name: 'Wheel', nameZh: '车轮' },
    'units:u': { id: 'u', code: 'pcs', nameZh: '件' },
  }
  const source = (more: Partial<PaperSource> = {}): PaperSource => ({
    definition: crmPrints[0] ?? expect.fail('no quote'), entity: quotes, lineEntity: quoteLines, exponent: 2, stateLabel: { en: 'Draft', zh: '草稿' },
    company: { id: 'k', name: 'Firm', nameZh: null, currency: 'EUR' } as PaperSource['company'],
    document: { id: 'q', customer: 'c', netTotal: 9007199254740991, taxTotal: 0, grandTotal: 9007199254740991, taxLines: [] },
    lines: [{ id: 'l', part: 'p', unit: 'u', quantity: 1, unitPrice: 123456, discountPercent: 0, netAmount: 9007199254740991, description: 'Wheel' }],
    related: (entity, id) => {
      const row = rows[`${entity}:${String(id)}`]
      return row ? { entity: entityOf(entity), row: row as PaperSource['document'] } : undefined
    },
    ...more,
  })

  it('says exactly what is stored, up to the largest amount and the smallest quantity', () => {
    const paper = composePaper(source(), 'en')
    expect(paper.rows).toEqual([['1', 'P-1', 'Wheel', '0.000001 pcs', '0.123456', '90,071,992,547,409.91']])
    expect(paper.totals.at(-1)).toEqual({ label: 'Total EUR', value: '90,071,992,547,409.91', strong: true })
  })

  it('says the name of a part in its own language, and a text of one\'s own as it was written', () => {
    expect(composePaper(source(), 'zh').rows[0]?.[2]).toBe('车轮')
    const written = source({ lines: [{ id: 'l', part: 'p', unit: 'u', quantity: 1, unitPrice: 0, netAmount: 0, description: 'Wheel, red' }] })
    expect(composePaper(written, 'zh').rows[0]?.[2]).toBe('Wheel, red')
  })

  it('names seller, address and bank in its own language, else in the one there is', () => {
    const both = { name: 'Firm', nameZh: '某公司', address: '1 Road\nTown', addressZh: '某路 1 号', bankName: 'Bank', bankNameZh: '某银行', bankAccount: '1', currency: 'EUR' }
    const paper = (company: object, language: 'en' | 'zh') => {
      const { letterhead, sections } = composePaper(source({ definition: { ...source().definition, bank: true }, company: { id: 'k', ...company } as PaperSource['company'] }), language)
      return [letterhead.name, letterhead.otherName, ...letterhead.lines, ...sections.map(({ value }) => value.split('\n')[0])]
    }
    expect(paper(both, 'en')).toEqual(['Firm', '某公司', '1 Road', 'Town', 'Bank · 1'])
    expect(paper(both, 'zh')).toEqual(['某公司', 'Firm', '某路 1 号', '某银行 · 1'])
    expect(paper({ ...both, addressZh: null, bankNameZh: '' }, 'zh')).toEqual(['某公司', 'Firm', '1 Road', 'Town', 'Bank · 1'])
    expect(paper({ ...both, address: null, bankName: null }, 'en')).toEqual(['Firm', '某公司', '某路 1 号', '某银行 · 1'])
  })

  it('without a number it is a draft, with the state across it', () => {
    const paper = composePaper(source(), 'zh')
    expect([paper.number, paper.stamp]).toEqual(['草稿', '草稿'])
    expect(layoutPaper(paper).definition.watermark).toMatchObject({ text: '草稿' })
    expect(composePaper(source({ stateLabel: null }), 'en').stamp).toBeNull()
  })

  it('is plain data, as a worker thread takes it', () => {
    const job = layoutPaper(composePaper(source(), 'zh'))
    expect(structuredClone(job)).toEqual(job)
  })
})

describe('renminbi in capital numerals', () => {
  it.each([
    [0, '零元整'], [5, '伍分'], [30, '叁角整'], [100, '壹元整'], [120_450, '壹仟贰佰零肆元伍角整'], [1_005, '壹拾元零伍分'], [10_000_00, '壹万元整'],
    [10_001_00, '壹万零壹元整'], [100_000_000_00, '壹亿元整'], [1_0000_1000_00, '壹亿零壹仟元整'], [10_0500_00, '壹拾万零伍佰元整'], [229_717_700, '贰佰贰拾玖万柒仟壹佰柒拾柒元整'],
    [-1_50, '负壹元伍角整'], [2_000_000_000_000_00, '贰万亿元整'],
  ])('%i fen is %s', (fen, words) => expect(renminbiInWords(fen)).toBe(words))

  it('says every amount differently, without two 零 in a row', () => {
    // Nothing at all is 零元整, the one amount that begins with a zero.
    expect(renminbiInWords(0)).toBe('零元整')
    fc.assert(fc.property(fc.integer({ min: 1, max: 10 ** 12 }), fc.nat(10 ** 12), (a, b) => {
      expect(renminbiInWords(a)).not.toMatch(/零零|零元.|零万|零亿/)
      expect(renminbiInWords(a) === renminbiInWords(b)).toBe(a === b)
    }))
  })
})

describe('formats', () => {
  it('are exact for every stored integer', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 8 }), (value, scale) => {
      const text = formatScaled(value, { scale, language: 'en', minDigits: scale }).replaceAll(',', '')
      expect(BigInt(text.replace('.', ''))).toBe(BigInt(value))
    }))
  })

  it('write dates so that no reader takes the month for the day', () => {
    const date = { name: 'd', type: 'date', label: { en: 'D', zh: '日' } } as const
    expect(['en', 'zh'].map((language) => formatValue(date, '2026-11-03', { language: language as 'en', exponent: 2 }))).toEqual(['3 Nov 2026', '2026年11月3日'])
  })

  it('name a file in any language without leaving the header', () => {
    expect(disposition('inline', { name: '报价单 "a"\r\n;x.pdf', plain: 'Quote "a"\r\n;x.pdf' })).toBe(`inline; filename="Quote ax.pdf"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%E5%8D%95%20%22a%22%0D%0A%3Bx.pdf`)
  })
})
