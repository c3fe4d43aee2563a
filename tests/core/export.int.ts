import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { newId } from '../../plugins/core/commands/context.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { forgetRoles } from '../../plugins/core/access/actor.ts'
import type { Booted } from '../support/boot-payload.ts'
import { openDoor, signIn, type Answer, type Person } from '../support/rest.ts'
import { createSampleFirm, putDocument, type SampleFirm } from '../support/sample-firm.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let firm: SampleFirm
let owner: Person
let seller: Person

const table = (answer: Answer): string[][] => {
  expect(answer.status, answer.text.slice(0, 300)).toBe(200)
  const { data, errors } = Papa.parse<string[]>(answer.text.replace(/^\uFEFF/, ''), { skipEmptyLines: true, delimiter: ',' })
  expect(errors).toEqual([])
  return data
}
const code = (answer: Answer) => (answer.body as { errors: { name: string }[] }).errors[0]?.name

beforeAll(async () => {
  booted = await bootPlatform()
  firm = await createSampleFirm(booted.payload)
  owner = await signIn(booted, ['owner'])
  seller = await signIn(booted, ['salesRep'])
  for (const [number, ownerId, price] of [['QU-2026-00001', owner.id, 10], ['QU-2026-00002', seller.id, 2500], ['QU-2026-00003', seller.id, 7]] as const) {
    await putDocument(booted.payload, firm, {
      entity: 'quotes', lineEntity: 'quote-lines', parentField: 'quote',
      values: { number, customer: firm.customer, quoteDate: '2026-11-21', quoteVersion: 1, owner: ownerId, marginAmount: 4711, terms: '=cmd|\' /C calc\'!A0', note: '+49 30 1234' },
      lines: [{ part: 0, quantity: 3, price, description: 'Rims; 28", "matt"\nblack' }, { part: 1, quantity: 1, price: 5 }],
    })
  }
})
afterAll(() => booted?.stop())

describe('CSV export', () => {
  it('writes labels of the language, titles of relations, exact decimals and a byte order mark', async () => {
    const answer = await owner.door('/quotes/export?language=en&columns=number,customer,quoteDate,owner,grandTotal,workflow.state&sort=number')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="Quotes \d{4}-\d\d-\d\d\.csv"/)
    expect([...answer.bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(table(answer)).toEqual([
      ['Number', 'Customer', 'Quote date', 'Owner', 'Total', 'State'],
      ['QU-2026-00001', 'Rijwiel Groothandel B.V.', '2026-11-21', 'owner', '39.55', expect.stringMatching(/^sent$/i)],
      ['QU-2026-00002', 'Rijwiel Groothandel B.V.', '2026-11-21', 'salesRep', '8480.65', expect.stringMatching(/^sent$/i)],
      ['QU-2026-00003', 'Rijwiel Groothandel B.V.', '2026-11-21', 'salesRep', '29.38', expect.stringMatching(/^sent$/i)],
    ])
  })

  it('speaks Chinese, or the names that an import reads', async () => {
    expect(table(await owner.door('/quotes/export?language=zh&columns=number,customer&sort=-number')).slice(0, 2)).toEqual([['编号', '客户'], ['QU-2026-00003', '荷兰自行车批发公司']])
    expect(table(await owner.door('/quotes/export?headers=names&columns=number,grandTotal'))[0]).toEqual(['number', 'grandTotal'])
  })

  it('takes the order that a list names, the state too', async () => {
    const list = await owner.door('/views/lists/quotes?sort=-state')
    const { sort } = list.body as { sort: string }
    expect(sort).toBe('-workflow.state')
    expect(table(await owner.door(`/quotes/export?columns=number&sort=${sort}`))).toHaveLength(4)
  })

  it('filters and sorts as the list does, with amounts as people speak them', async () => {
    const big = await owner.door('/quotes/export?columns=number&where[grandTotal][greater_than]=100.50')
    expect(table(big).slice(1)).toEqual([['QU-2026-00002']])
    expect(table(await owner.door('/quotes/export?columns=number&sort=-grandTotal')).slice(1).flat()).toEqual(['QU-2026-00002', 'QU-2026-00001', 'QU-2026-00003'])
    expect(table(await owner.door('/quotes/export?columns=number&where[number][equals]=none'))).toEqual([['Number']])
  })

  it('gives lines with their document, one row a line, and lines alone', async () => {
    const rows = table(await owner.door('/quotes/export?columns=number,lines.part,lines.description,lines.quantity,lines.unit&sort=number&language=en'))
    expect(rows).toHaveLength(7)
    expect(rows.slice(1, 3)).toEqual([['QU-2026-00001', 'CB-7-ALU-M', 'Rims; 28", "matt"\nblack', '3', 'pcs'], ['QU-2026-00001', 'LGT-FRONT', '', '1', 'pcs']])
    expect(table(await owner.door('/quote-lines/export?columns=quote,netAmount&sort=netAmount')).slice(1)).toContainEqual(['QU-2026-00002', '7500.00'])
  })

  it('hands no formula to a spreadsheet, and no semicolon a new cell', async () => {
    const answer = await owner.door('/quotes/export?columns=terms,note,lines.description&where[number][equals]=QU-2026-00001')
    expect(table(answer)[1]).toEqual(["'=cmd|' /C calc'!A0", "'+49 30 1234", 'Rims; 28", "matt"\nblack'])
    expect(answer.text).toContain('"Rims; 28"", ""matt""')
  })

  it('leaves out what a role may not see, and refuses when it is asked for', async () => {
    expect(table(await seller.door('/quotes/export?headers=names'))[0]).not.toContain('marginAmount')
    expect(table(await owner.door('/quotes/export?headers=names'))[0]).toContain('marginAmount')
    for (const query of ['columns=number,marginAmount', 'where[marginAmount][equals]=47.11', 'sort=-marginAmount', 'sort=marginAmount&columns=number']) {
      const answer = await seller.door(`/quotes/export?${query}`)
      expect([answer.status, code(answer)], query).toEqual([403, 'hiddenField'])
    }
    // Names of people are not for everyone: a seller sees who it is itself.
    expect(new Set(table(await seller.door('/quotes/export?columns=owner')).slice(1).flat())).toEqual(new Set([owner.id, seller.id]))
  })

  it('needs the right to export, and to read', async () => {
    const viewer = await signIn(booted, ['viewer'])
    const buyer = await signIn(booted, ['buyer'])
    for (const person of [viewer, buyer]) expect((await person.door('/quotes/export')).status).toBe(403)
    expect((await viewer.door('/quotes/export')).text).toContain('export')
    expect((await openDoor(booted)('/quotes/export')).status).toBe(401)
    expect((await viewer.door('/history/export')).status).toBe(403)
  })

  it('gives a role that sees its own documents only these, and only their lines', async () => {
    await openStore(booted.payload).insert('roles', {
      id: newId(), version: 1, slug: 'ownOnly', name: 'Own only', shipped: false,
      permissions: [{ entity: 'quotes', actions: ['read', 'export'], own: true }],
    })
    forgetRoles(booted.payload)
    const person = await signIn(booted, ['ownOnly'])
    expect(table(await person.door('/quotes/export?columns=number'))).toHaveLength(1)
    await putDocument(booted.payload, firm, {
      entity: 'quotes', lineEntity: 'quote-lines', parentField: 'quote', values: { number: 'QU-2026-00009', customer: firm.customer, owner: person.id }, lines: [{ part: 0, quantity: 1, price: 1 }],
    })
    expect(table(await person.door('/quotes/export?columns=number')).slice(1)).toEqual([['QU-2026-00009']])
    expect(table(await person.door('/quote-lines/export?columns=position,netAmount')).slice(1)).toEqual([['1', '1.00']])
    await openStore(booted.payload).remove('quotes', { number: { equals: 'QU-2026-00009' } })
  })

  it('tells what is wrong with a question', async () => {
    for (const [query, word] of [['columns=number,colour', 'colour'], ['format=pdf', 'format'], ['for=robots', 'for'], ['for=import&headers=labels', 'headers'], ['language=fr', 'language'], ['headers=both', 'headers'], ['where=number', 'where'], ['sort=colour', 'colour']]) {
      const answer = await owner.door(`/quotes/export?${query}`)
      expect(answer.status, `${query}: ${answer.text.slice(0, 200)}`).toBe(400)
      expect(answer.text).toContain(word)
    }
  })

  it('sends 5,000 rows page by page, as fast as they are taken', async () => {
    await openStore(booted.payload).insertMany('parts', Array.from({ length: 5_000 }, (_, index) => ({
      id: newId(), version: 1, partNumber: `BULK-${String(index).padStart(5, '0')}`, name: `Part ${index}`, unit: firm.unit, makeOrBuy: 'buy', tracking: 'none', status: 'active', listPrice: index * 10_000,
    })))
    const find = vi.spyOn(booted.payload, 'find')
    const pagesRead = () => find.mock.calls.filter(([{ collection }]) => collection === 'parts').length
    const columns = 'columns=partNumber,unit,listPrice&where[partNumber][like]=BULK&sort=partNumber'
    const endpoint = booted.payload.collections.parts?.config.endpoints
    const handler = (endpoint ? endpoint : []).find(({ path }) => path === '/export')?.handler ?? expect.fail('no export')
    const { createLocalReq } = await import('payload')
    const query = { columns: 'partNumber,unit,listPrice', where: { partNumber: { like: 'BULK' } }, sort: 'partNumber' }
    const req = await createLocalReq({ user: { id: owner.id, collection: 'users', roles: ['owner'] } as never, req: { query } as never }, booted.payload)
    const stream = (await handler(req)).body?.getReader() ?? expect.fail('no body')
    await stream.read()
    expect(pagesRead()).toBeLessThan(4)
    await stream.cancel()

    find.mockClear()
    const rows = table(await owner.door(`/parts/export?${columns}`))
    expect(pagesRead()).toBe(10)
    expect(rows).toHaveLength(5_001)
    expect(rows.at(-1)).toEqual(['BULK-04999', 'pcs', '49.99'])
    expect(new Set(rows.map(([number]) => number)).size).toBe(5_001)
    find.mockRestore()
  })
})
