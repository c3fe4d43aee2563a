import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { bootPlatform } from '../support/test-platform.ts'
import type { Booted } from '../support/boot-payload.ts'
import { csv, openDesk } from '../support/import-world.ts'
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
