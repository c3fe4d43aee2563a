import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { bootPlatform } from '../support/test-platform.ts'
import type { Booted } from '../support/boot-payload.ts'
import { writeXlsx } from '../../plugins/core/xlsx/write-xlsx.ts'
import { csv, openDesk } from '../support/import-world.ts'
import type { SheetCell } from '../../plugins/core/xlsx/sheet-cells.ts'
import { signIn, type Person } from '../support/rest.ts'

let booted: Booted
let owner: Person
beforeAll(async () => {
  booted = await bootPlatform()
  owner = await signIn(booted, ['owner'])
  const made = async (entity: string, body: object) => expect((await owner.door(`/${entity}`, { method: 'POST', body })).status, entity).toBe(201)
  await made('companies', { code: 'T', name: 'Test', currency: 'CNY', timeZone: 'Asia/Shanghai', country: 'CN' })
  await made('units', { code: 'PCS', name: 'Piece', nameZh: '个' })
})
afterAll(() => booted.stop())
const store = () => openStore(booted.payload)

describe('a list of parts', () => {
  it('is mapped by its Chinese headers, checked, and brought in with history and events', async () => {
    const desk = await openDesk(booted, owner, { entity: 'parts', content: csv([['物料编码', '名称', '单位', '标价', '管理库存'], ['A-1', '螺丝', 'PCS', '1,234.50', '是'], ['A-2', '螺母', 'PCS', '', '否']]) })
    const seen = await desk.look()
    expect(seen.status).toBe('mapping')
    expect(Object.values(seen.mapping)).toEqual([{ field: 'partNumber' }, { field: 'name' }, { field: 'unit', by: 'code' }, { field: 'listPrice' }, { field: 'stocked' }])
    const checked = await desk.do('check')
    expect(checked).toMatchObject({ status: 'checked', counts: { rows: 2, good: 2, bad: 0, created: 2, problems: 0 } })
    expect(await store().count('parts')).toBe(0)
    const done = await desk.do('run')
    expect(done).toMatchObject({ status: 'done', counts: { rows: 2, good: 2, bad: 0, created: 2, problems: 0 } })
    const part = await store().findOne('parts', { partNumber: { equals: 'A-1' } })
    expect(part).toMatchObject({ name: '螺丝', listPrice: 1_234_500_000, stocked: true, makeOrBuy: 'buy', version: 1 })
    expect(await store().count('history', { and: [{ entity: { equals: 'parts' } }, { documentId: { equals: part?.id } }, { actor: { equals: owner.id } }] })).toBe(1)
    expect(await store().count('events', { and: [{ type: { equals: 'parts.created' } }, { documentId: { equals: part?.id } }] })).toBe(1)
  })
})

async function workbook(rows: readonly (readonly (SheetCell | null)[])[], head: readonly string[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of writeXlsx({ sheet: '数据', moneyDigits: 2, columns: head.map((name) => ({ head: name, width: 10, kind: 'text' })), pages: (async function* () { yield rows })() })) parts.push(part)
  return Buffer.concat(parts)
}
const text = (value: string): SheetCell => ({ kind: 'text', text: value })

describe('a workbook', () => {
  it('is read as a spreadsheet shows it, and its bad rows come back to be mended', async () => {
    const content = await workbook([
      [text('X-1'), text('Bolt'), text('PCS'), { kind: 'number', text: '12.5' }, { kind: 'boolean', text: 'true' }],
      [text('X-2'), text('=Nut'), text('BOX'), { kind: 'number', text: '-1' }, null],
    ], ['Part number', 'Name', 'Unit', 'List price', 'Kept in stock'])
    const desk = await openDesk(booted, owner, { entity: 'parts', name: 'parts.xlsx', content })
    expect(await desk.look()).toMatchObject({ status: 'mapping', options: { sheet: '数据', headerRow: 1 }, counts: { rows: 2 } })
    expect(await desk.do('check')).toMatchObject({ status: 'checked', counts: { good: 1, bad: 1, problems: 2 } })
    expect((await desk.problems()).docs.map(({ row, header }) => [row, header])).toEqual([[3, 'Unit'], [3, 'List price']])
    expect(await desk.do('run')).toMatchObject({ status: 'done', counts: { created: 1, bad: 1 } })
    const { text: bad } = await owner.door(`/imports/${desk.id}/bad-rows`)
    expect(bad).toMatch(/^\uFEFF?Part number,Name,Unit,List price,Kept in stock,Row,Problem\r\nX-2,'=Nut,BOX,-1,,3,/)
    const again = await openDesk(booted, owner, { entity: 'parts', content: bad.replace('BOX,-1', 'PCS,1') })
    expect(await again.look()).toMatchObject({ remembered: true })
    expect(await again.do('run')).toMatchObject({ status: 'done', counts: { created: 1, bad: 0 } })
    expect(await store().findOne('parts', { partNumber: { equals: 'X-2' } })).toMatchObject({ name: '=Nut', listPrice: 1_000_000 })
  })
})
