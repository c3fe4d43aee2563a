import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runDueJobs } from '../../plugins/core/jobs/run-jobs.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { sweepImportFiles } from '../../plugins/core/imports/sweep-files.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import type { SheetCell } from '../../plugins/core/xlsx/sheet-cells.ts'
import { writeXlsx } from '../../plugins/core/xlsx/write-xlsx.ts'
import type { Booted } from '../support/boot-payload.ts'
import { csv, deskOf, doJobs, finishedUpload, openDesk, ownFolder, type ImportDesk } from '../support/import-world.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let data: string
let owner: Person
let buyer: Person
const ids: Record<string, string> = {}
beforeAll(async () => {
  booted = await bootPlatform()
  data = await ownFolder(booted)
  owner = await signIn(booted, ['owner'])
  buyer = await signIn(booted, ['buyer'])
  const made = async (entity: string, body: Record<string, unknown>) => {
    const { status, body: answer } = await owner.door(`/${entity}`, { method: 'POST', body })
    expect(status, JSON.stringify(answer)).toBe(201)
    ids[`${entity}/${String(body.code ?? body.number ?? body.partNumber)}`] = (answer as { id: string }).id
    return (answer as { id: string }).id
  }
  const company = await made('companies', { code: 'T', name: 'Test', currency: 'CNY', timeZone: 'Asia/Shanghai', country: 'CN' })
  await made('sites', { company, code: 'S1', name: 'Plant' })
  const unit = await made('units', { code: 'PCS', name: 'Piece', nameZh: '个' })
  await made('parts', { partNumber: 'BASE', name: 'Base part', unit, listPrice: '10' })
  await made('customers', { number: 'K-1', name: 'Kunde' })
})
afterAll(async () => {
  await booted.stop()
  await rm(data, { recursive: true, force: true })
})
const store = () => openStore(booted.payload)
const partNumbers = async (prefix: string) => (await store().find('parts', { where: { partNumber: { contains: prefix } }, sort: 'partNumber' })).map(({ partNumber }) => partNumber)
const partsFile = (prefix: string, count: number) => csv([['partNumber', 'name', 'unit'], ...Array.from({ length: count }, (_, index) => [`${prefix}${String(index).padStart(5, '0')}`, `Teil ${index}`, 'PCS'])])

describe('a list of parts', () => {
  it('is mapped by its Chinese headers, checked, and brought in with history and events', async () => {
    const desk = await openDesk(booted, owner, { entity: 'parts', content: csv([['物料编码', '名称', '单位', '标价', '管理库存'], ['A-1', '螺丝', 'PCS', '1,234.50', '是'], ['A-2', '螺母', 'PCS', '', '否']]) })
    const seen = await desk.look()
    expect(seen).toMatchObject({ status: 'mapping', matching: { key: 'partNumber', existing: 'refuse' }, remembered: false })
    expect(Object.values(seen.mapping)).toEqual([{ field: 'partNumber' }, { field: 'name' }, { field: 'unit', by: 'code' }, { field: 'listPrice' }, { field: 'stocked' }])
    const checked = await desk.do('check')
    expect(checked).toMatchObject({ status: 'checked', counts: { rows: 2, good: 2, bad: 0, created: 2, problems: 0 } })
    expect(await partNumbers('A-')).toEqual([])
    expect(await desk.do('run')).toMatchObject({ status: 'done', counts: { rows: 2, good: 2, bad: 0, created: 2, problems: 0 } })
    const part = await store().findOne('parts', { partNumber: { equals: 'A-1' } })
    expect(part).toMatchObject({ name: '螺丝', listPrice: 1_234_500_000, stocked: true, makeOrBuy: 'buy', version: 1 })
    expect(await store().find('history', { where: { documentId: { equals: part?.id } } })).toMatchObject([{ action: 'create', actor: owner.id, documentVersion: 1, reason: expect.stringContaining('list.csv') as string }])
    expect(await store().count('events', { and: [{ type: { equals: 'parts.created' } }, { documentId: { equals: part?.id } }] })).toBe(1)
  })

  it('in GB18030 with semicolons, decimal commas and line breaks in values is read as it is meant', async () => {
    // 物料编码;名称;规格描述;单位;标价 · GB-1;轴承;"第一行\n第二行";PCS;1.234,50, in GB18030.
    const gb = Buffer.concat([
      Buffer.from('ceefc1cfb1e0c2eb3bc3fbb3c63bb9e6b8f1c3e8caf63bb5a5cebb3bb1eabcdb'.replace('bcdb', 'bcdb'), 'hex'), Buffer.from('\r\nGB-1;'), Buffer.from('d6e1b3d0', 'hex'),
      Buffer.from(';"'), Buffer.from('b5dad2bbd0d0', 'hex'), Buffer.from('\n'), Buffer.from('b5dab6fed0d0', 'hex'), Buffer.from('";PCS;1.234,50\r\n'),
    ])
    const desk = await openDesk(booted, owner, { entity: 'parts', content: gb })
    expect(await desk.look()).toMatchObject({ options: { encoding: 'gb18030', delimiter: ';', decimalMark: ',' }, counts: { rows: 1 } })
    expect(await desk.do('run')).toMatchObject({ status: 'done', counts: { created: 1 } })
    expect(await store().findOne('parts', { partNumber: { equals: 'GB-1' } })).toMatchObject({ name: '轴承', description: '第一行\n第二行', listPrice: 1_234_500_000 })
  })

  it('has its header where the names of fields are, whatever a row below has too many', async () => {
    const desk = await openDesk(booted, owner, { entity: 'customers', content: 'number,name\nL-1,a,extra\nL-2\n\n,,\nL-3,c\n' })
    expect(await desk.look()).toMatchObject({ options: { headerRow: 1 }, counts: { rows: 3 }, mapping: { 0: { field: 'number' }, 1: { field: 'name' } } })
    const names = await openDesk(booted, owner, { entity: 'parts', content: '物料 主数据,导出,张三\n物料编码,名称,单位,颜色,备注,产地\nA,螺丝,,,\nB,螺母,,,\n' })
    expect((await names.look()).options).toMatchObject({ headerRow: 2 })
  })

  it('says where its figures could be read with either mark, until somebody says which', async () => {
    const desk = await openDesk(booted, owner, { entity: 'parts', content: 'partNumber;name;unit;listPrice;safetyStock;version\nM-1;Teil;PCS;1,500;7;1.25\nM-2;Teil;PCS;2,750;8;2.5\n' })
    const isGuessed = async () => (await desk.look()).options.isMarkGuessed
    expect(await isGuessed()).toBe(true)
    const { mapping } = await desk.look()
    await desk.change({ mapping: { ...mapping, 3: null } })
    expect(await isGuessed()).toBe(false)
    await desk.change({ mapping, options: { decimalMark: ',' } })
    expect(await isGuessed()).toBe(false)
    await desk.do('run')
    expect(await store().findOne('parts', { partNumber: { equals: 'M-1' } })).toMatchObject({ listPrice: 1_500_000 })
    const clear = await openDesk(booted, owner, { entity: 'parts', content: 'partNumber;name;unit;listPrice;safetyStock\nM-3;Teil;PCS;1,500;0,25\n' })
    expect((await clear.look()).options).toMatchObject({ decimalMark: ',', isMarkGuessed: false })
  })

  it('has every problem of every row told at once, the same rows in the check as in the run', async () => {
    const rows = [
      ['partNumber', 'name', 'unit', 'listPrice', 'leadTimeDays', 'makeOrBuy'],
      ['P-1', 'good', 'PCS', '1', '3', 'make'],
      ['P-2', '', 'BOX', 'abc', '1.5', 'steal'],
      ['P-1', 'the same again', 'PCS', '', '', ''],
      ['BASE', 'is there', 'PCS', '', '', ''],
      ['P-3', 'good', 'PCS', '2', '9999', '自制'],
      ['P-4', 'x'.repeat(600), 'PCS', '-2', '', ''],
      ['P-5', 'good', 'PCS', '2', '', '自制'],
    ]
    const desk = await openDesk(booted, owner, { entity: 'parts', content: csv(rows) })
    expect(await desk.do('check')).toMatchObject({ counts: { rows: 7, good: 2, bad: 5, created: 2 } })
    const told = (problems: Awaited<ReturnType<ImportDesk['problems']>>) => problems.docs.map(({ row, header }) => `${row} ${header}`)
    const checked = await desk.problems()
    expect(told(checked)).toEqual(['3 name', '3 unit', '3 listPrice', '3 leadTimeDays', '3 makeOrBuy', '4 partNumber', '5 partNumber', '6 leadTimeDays', '7 name', '7 listPrice'])
    expect(checked.docs.every(({ message }) => message.en !== '' && message.zh !== '')).toBe(true)
    expect(checked.byColumn).toContainEqual(expect.objectContaining({ header: 'listPrice', count: 2 }))
    expect((await desk.problems('?column=3&page=2&limit=1')).docs.map(({ row }) => row)).toEqual([7])
    expect(await desk.do('run')).toMatchObject({ status: 'done', counts: { good: 2, bad: 5, created: 2 } })
    expect(told(await desk.problems())).toEqual(told(checked))
    expect(await partNumbers('P-')).toEqual(['P-1', 'P-5'])
  })

  it('of rows with more cells than the header brings in none of these and says so, wherever they stand', async () => {
    const row = (index: number, ...more: string[]) => [`E${String(index).padStart(3, '0')}`, 'Teil', 'PCS', 'Long', ...more].join(',')
    const content = ['partNumber,name,unit,description', row(0), row(1, ' with comma'), row(2, '', ''), ...Array.from({ length: 400 }, (_, index) => row(index + 3)), row(403, ' with comma'), row(404)].join('\n')
    const desk = await openDesk(booted, owner, { entity: 'parts', content })
    expect(await desk.do('check')).toMatchObject({ counts: { rows: 405, good: 403, bad: 2 } })
    expect((await desk.problems()).docs).toMatchObject([3, 405].map((at) => ({ row: at, column: null, message: { en: expect.stringMatching(/more cells than the header: " with comma".*quotes/) as string } })))
    expect(await desk.do('run')).toMatchObject({ status: 'done', counts: { created: 403, bad: 2 } })
  })

  it('gives back all cells of a bad row, also those behind what the first rows of the file have', async () => {
    const rows = [...Array.from({ length: 400 }, (_, index) => `G${index},Teil,PCS`), 'G400,Teil,PCS,4,left over']
    const desk = await openDesk(booted, owner, { entity: 'parts', content: ['partNumber,name,unit', ...rows].join('\n') })
    await desk.do('check')
    const lines = (await owner.door(`/imports/${desk.id}/bad-rows`)).text.trimEnd().split('\r\n')
    expect(lines).toEqual([expect.stringMatching(/partNumber,name,unit,Row,Problem$/), expect.stringMatching(/^G400,Teil,PCS,402,"The row has .*",4,left over$/)])
    const sheet = await owner.door(`/imports/${desk.id}/bad-rows?format=xlsx`)
    const copy = await openDesk(booted, owner, { entity: 'parts', content: Buffer.from(sheet.bytes), name: 'bad.xlsx' })
    expect((await copy.look()).columns.map(({ header, samples }) => [header, samples[0]]).slice(5)).toEqual([['', '4'], ['', 'left over']])
  })

  it('changes only what its columns say, where those that are there are to be changed, and leaves them where they are to be skipped', async () => {
    await (await openDesk(booted, owner, { entity: 'parts', content: partsFile('U', 3) })).do('run')
    const change = await openDesk(booted, owner, { entity: 'parts', content: csv([['partNumber', 'nameZh', 'listPrice'], ['U00000', '新名', '5'], ['U00001', '', '6'], ['U-new', '', '']]) })
    expect((await change.change({ matching: { key: 'partNumber', existing: 'update' } })).status).toBe(200)
    expect(await change.do('check')).toMatchObject({ counts: { changed: 2, bad: 1 } })
    expect((await change.problems()).docs.map(({ row, message }) => [row, message.en])).toEqual([[4, 'Name is required.'], [4, 'Stock unit is required.']])
    expect(await change.do('run')).toMatchObject({ status: 'done', counts: { changed: 2, created: 0, bad: 1 } })
    expect(await store().findOne('parts', { partNumber: { equals: 'U00000' } })).toMatchObject({ name: 'Teil 0', nameZh: '新名', listPrice: 5_000_000, version: 2 })
    const skip = await openDesk(booted, owner, { entity: 'parts', content: partsFile('U', 4) })
    await skip.change({ matching: { existing: 'skip' } })
    expect(await skip.do('run')).toMatchObject({ counts: { skipped: 3, created: 1, changed: 0, bad: 0 } })
    expect(await change.do('undo')).toMatchObject({ status: 'undone', error: null })
    expect(await store().findOne('parts', { partNumber: { equals: 'U00000' } })).toMatchObject({ nameZh: null, listPrice: null, version: 3 })
  })
})

describe('a workbook', () => {
  it('is read as a spreadsheet shows it, and its bad rows come back to be mended', async () => {
    const content = await workbook([
      [text('X-1'), text('Bolt'), text('PCS'), { kind: 'number', text: '12.5' }, { kind: 'boolean', text: 'true' }],
      [text('X-2'), text("'=Nut"), text('BOX'), { kind: 'number', text: '-1' }, null],
    ], ['Part number', 'Name', 'Unit', 'List price', 'Kept in stock'])
    const desk = await openDesk(booted, owner, { entity: 'parts', name: 'parts.xlsx', content })
    expect(await desk.look()).toMatchObject({ status: 'mapping', options: { sheet: '数据', headerRow: 1 }, counts: { rows: 2 } })
    expect(await desk.do('check')).toMatchObject({ status: 'checked', counts: { good: 1, bad: 1, problems: 2 } })
    expect((await desk.problems()).docs.map(({ row, header }) => [row, header])).toEqual([[3, 'Unit'], [3, 'List price']])
    expect(await desk.do('run')).toMatchObject({ status: 'done', counts: { created: 1, bad: 1 } })
    const { text: bad } = await owner.door(`/imports/${desk.id}/bad-rows`)
    const [, row = ''] = bad.split('\r\n')
    expect(row).toMatch(/^X-2,''=Nut,BOX,-1,,3,/)
    const again = await openDesk(booted, owner, { entity: 'parts', content: bad.replace('BOX,-1', 'PCS,1') })
    expect(await again.look()).toMatchObject({ remembered: true })
    expect(await again.do('run')).toMatchObject({ status: 'done', counts: { created: 1, bad: 0 } })
    expect(await store().findOne('parts', { partNumber: { equals: 'X-2' } })).toMatchObject({ listPrice: 1_000_000 })
    const sheet = await owner.door(`/imports/${desk.id}/bad-rows?format=xlsx`)
    const mended = await openDesk(booted, owner, { entity: 'parts', name: 'mended.xlsx', content: sheet.bytes })
    expect((await mended.look()).columns.map(({ header }) => header)).toEqual(['Part number', 'Name', 'Unit', 'List price', 'Kept in stock', 'Row', 'Problem'])
  })
})

describe('documents with lines', () => {
  const orders = (rows: readonly (readonly string[])[]) => csv([['number', 'customer', 'requestedDate', 'lines.part', 'lines.quantity', 'lines.unitPrice'], ...rows])

  it('come of rows that follow each other, as drafts that went through the rules of a new one', async () => {
    const desk = await openDesk(booted, owner, { entity: 'sales-orders', content: orders([
      ['OLD-1', 'K-1', '31/12/2026', 'BASE', '2', ''], ['OLD-1', '', '', 'A-1', '3', '1.5'],
      ['OLD-2', 'K-1', '30/12/2026', 'BASE', '1', ''], ['OLD-2', 'K-1', '30/12/2026', 'NOPE', '1', ''],
      ['OLD-3', 'Nobody', '30/12/2026', 'BASE', '0.5', '2'],
    ]) })
    expect(await desk.do('check')).toMatchObject({ counts: { rows: 5, good: 2, bad: 3, created: 1 } })
    expect((await desk.problems()).docs.map(({ row, header }) => `${row} ${header}`)).toEqual(['4 ', '5 lines.part', '6 customer', '6 lines.quantity'])
    expect(await desk.do('run')).toMatchObject({ status: 'done', counts: { created: 1, bad: 3 } })
    const order = await store().findOne('sales-orders', { number: { equals: 'OLD-1' } })
    expect(order).toMatchObject({ customer: ids['customers/K-1'], requestedDate: '2026-12-31', netTotal: 2450, workflow: { state: 'draft' } })
    const lines = await store().find('sales-order-lines', { where: { salesOrder: { equals: order?.id } }, sort: 'position' })
    expect(lines).toMatchObject([{ position: 1, unitPrice: 10_000_000, quantity: 2_000_000 }, { position: 2, unitPrice: 1_500_000, quantity: 3_000_000 }])
    expect((await verify(booted.payload)).failed).toBe(0)
  })

  it('are recognised by their number: the same file again changes nothing and says so', async () => {
    const desk = await openDesk(booted, owner, { entity: 'sales-orders', content: orders([['OLD-1', 'K-1', '2026-12-31', 'BASE', '2', '']]) })
    expect(await desk.do('run')).toMatchObject({ counts: { created: 0, bad: 1 } })
    expect(await store().count('sales-orders', { number: { equals: 'OLD-1' } })).toBe(1)
  })

  it('whose rows do not stand together stay out as a whole, in the check as in the run', async () => {
    const desk = await openDesk(booted, owner, { entity: 'sales-orders', content: orders([
      ['SP-1', 'K-1', '', 'BASE', '1', '10'], ['SP-2', 'K-1', '', 'BASE', '1', '10'], ['SP-1', 'K-1', '', 'A-1', '5', '20'], ['SP-1', '', '', 'A-1', '6', '20'],
      ...Array.from({ length: 600 }, (_, index) => [`SQ-${index}`, 'Nobody', '', 'BASE', '1', '10']), ['SP-1', 'K-1', '', 'BASE', '2', '10'],
    ]) })
    expect(await desk.do('check')).toMatchObject({ counts: { created: 1, good: 1, bad: 604 } })
    const told = async () => (await desk.problems()).docs.filter(({ message }) => /must stand together|of the same document/.test(message.en)).map(({ row, header, message }) => [row, header, /^Row \d+/.exec(message.en)?.[0]])
    const expected = [[2, 'number', 'Row 4'], [4, 'number', 'Row 2'], [5, '', 'Row 4']]
    expect(await told()).toEqual(expected)
    expect((await desk.problems('?limit=1&page=604')).docs).toMatchObject([{ row: 606, header: 'number', message: { zh: expect.stringMatching(/^第 2 行属于同一单据/) as string } }])
    expect(await desk.do('run')).toMatchObject({ status: 'done', counts: { created: 1, bad: 604 } })
    expect(await told()).toEqual(expected)
    expect(await store().count('sales-orders', { number: { equals: 'SP-1' } })).toBe(0)
    expect(await store().count('sales-orders', { number: { equals: 'SP-2' } })).toBe(1)
  })

  it('of our own series let the series go on behind them', async () => {
    const year = new Date().getUTCFullYear()
    await (await openDesk(booted, owner, { entity: 'sales-orders', content: orders([[`SO-${year}-00041`, 'K-1', '', 'BASE', '1', '']]) })).do('run')
    const { body } = await owner.door('/sales-orders', { method: 'POST', body: { customer: ids['customers/K-1'] } })
    expect(body).toMatchObject({ number: `SO-${year}-00042` })
  })
})

describe('rows that refer to each other', () => {
  it('find what stands above them in the file, in the check as in the run', async () => {
    const content = csv([['code', 'name', 'parent'], ['M', 'Metal', ''], ['M1', 'Steel', 'M'], ['M11', 'Wire', 'M1'], ['Z', 'Below', 'ZZ'], ['ZZ', 'Above', '']])
    const desk = await openDesk(booted, owner, { entity: 'part-categories', content })
    expect(await desk.do('check')).toMatchObject({ counts: { good: 4, bad: 1, created: 4 } })
    expect(await desk.do('run')).toMatchObject({ counts: { good: 4, bad: 1, created: 4 } })
    const wire = await store().findOne('part-categories', { code: { equals: 'M11' } })
    expect(wire?.parent).toBe((await store().findOne('part-categories', { code: { equals: 'M1' } }))?.id)
    expect(await desk.do('undo')).toMatchObject({ status: 'undone' })
    expect(await store().count('part-categories')).toBe(0)
    expect((await verify(booted.payload)).failed).toBe(0)
  })
})

describe('an import under way', () => {
  it('pauses between batches and goes on; nothing comes twice, nothing is left out', async () => {
    const desk = await openDesk(booted, owner, { entity: 'parts', content: partsFile('R', 1_300) })
    expect((await desk.act('run')).status).toBe(200)
    const stopping = new AbortController()
    // The first batch is in, and the person pauses while the second one is being made.
    const pausing = afterProgress(desk.id, async () => { await desk.act('pause') })
    await Promise.all([runDueJobs(booted.payload, stopping.signal), pausing])
    const paused = await desk.look()
    expect(paused.status).toBe('paused')
    expect(paused.counts.created).toBeGreaterThan(0)
    expect(paused.counts.created).toBeLessThan(1_300)
    expect(await partNumbers('R0')).toHaveLength(paused.counts.created)
    expect(paused.can).toMatchObject({ resume: true, cancel: true, undo: true })
    expect(await desk.do('resume')).toMatchObject({ status: 'done', counts: { created: 1_300, read: 1_300, bad: 0 } })
    expect(await partNumbers('R0')).toHaveLength(1_300)
  })

  it('that a process leaves in the middle of a batch is gone on with by the next one where it stood', async () => {
    const desk = await openDesk(booted, owner, { entity: 'parts', content: partsFile('C', 1_300) })
    await desk.act('run')
    // What the first process has begun never commits: its transaction ends with it, and so does its lease.
    const stopping = new AbortController()
    const dying = afterProgress(desk.id, () => { stopping.abort(); return Promise.resolve() })
    await Promise.all([runDueJobs(booted.payload, stopping.signal), dying])
    const left = await desk.look()
    expect(left.status).toBe('running')
    expect(left.counts.created).toBeLessThan(1_300)
    await doJobs(booted)
    expect(await desk.look()).toMatchObject({ status: 'done', counts: { created: 1_300, read: 1_300 } })
    expect(new Set(await partNumbers('C0')).size).toBe(1_300)
    expect(await store().count('import-rows', { import: { equals: desk.id } })).toBe(1_300)
  })

  it('whose commit fails, after rows and problems were written, brings them in once when it is resumed', async () => {
    const rows = csv([['partNumber', 'name', 'unit'], ...Array.from({ length: 900 }, (_, index) => [`F${String(index).padStart(5, '0')}`, `Teil ${index}`, index % 100 === 50 ? 'NONE' : 'PCS'])])
    const desk = await openDesk(booted, owner, { entity: 'parts', content: rows })
    const { db } = booted.payload
    const commit = db.commitTransaction
    let failing = true
    await desk.act('run')
    db.commitTransaction = async (id) => {
      if (failing && (await store().get('imports', desk.id))?.lastRow) {
        failing = false
        await db.rollbackTransaction(id)
        throw new Error('The disk is gone.')
      }
      return commit.call(db, id)
    }
    await doJobs(booted).finally(() => { db.commitTransaction = commit })
    const failed = await desk.look()
    expect(failed).toMatchObject({ status: 'failed', counts: { read: 500, created: 495, problems: 5 } })
    expect(failed.error?.zh).toMatch(/系统内部出错/)
    expect(await desk.do('resume')).toMatchObject({ status: 'done', counts: { read: 900, created: 891, bad: 9, problems: 9 } })
    expect(await partNumbers('F0')).toHaveLength(891)
    expect((await desk.problems()).docs.map(({ row }) => row)).toEqual(Array.from({ length: 9 }, (_, index) => 52 + index * 100))
  })

  it('that two processes work on at once is brought in once', async () => {
    const desk = await openDesk(booted, owner, { entity: 'parts', content: partsFile('D', 700) })
    await desk.act('run')
    const job = await store().findOne('background-jobs', { subject: { equals: `${desk.id}:run` } })
    await store().insert('background-jobs', { ...job, id: 'second', key: 'second', subject: 'second' } as never)
    await Promise.all([runDueJobs(booted.payload), runDueJobs(booted.payload)])
    await doJobs(booted)
    expect(await desk.look()).toMatchObject({ status: 'done', counts: { created: 700, bad: 0 } })
    expect(await partNumbers('D0')).toHaveLength(700)
  })
})

describe('an undo', () => {
  it('takes everything back while nothing refers to it', async () => {
    const desk = await openDesk(booted, owner, { entity: 'parts', content: partsFile('V', 600) })
    await desk.do('run')
    expect(await desk.do('undo')).toMatchObject({ status: 'undone', error: null })
    expect(await partNumbers('V0')).toEqual([])
    expect(await store().count('history', { and: [{ action: { equals: 'discard' } }, { entity: { equals: 'parts' } }] })).toBe(600)
    const again = await openDesk(booted, owner, { entity: 'parts', content: partsFile('V', 2) })
    expect(await again.do('run')).toMatchObject({ counts: { created: 2, bad: 0 } })
  })

  it('runs where what was edited since has been set back, in the document and its lines', async () => {
    const set = (entity: string, id: string | undefined, body: object) => owner.door(`/${entity}/${id}`, { method: 'PATCH', body })
    const made = await openDesk(booted, owner, { entity: 'parts', content: partsFile('SB', 2) })
    await made.do('run')
    const changing = await openDesk(booted, owner, { entity: 'parts', content: csv([['partNumber', 'nameZh'], ['SB00000', '新']]) })
    await changing.change({ matching: { existing: 'update' } })
    await changing.do('run')
    const [first] = await store().find('parts', { where: { partNumber: { contains: 'SB0' } }, sort: 'partNumber' })
    await set('parts', first?.id, { name: 'Changed', listPrice: '3' })
    await set('parts', first?.id, { name: 'Again', listPrice: null })
    expect((await changing.do('undo')).error?.en).toMatch(/1 of its documents/)
    await set('parts', first?.id, { name: 'Teil 0' })
    expect(await changing.do('undo')).toMatchObject({ status: 'undone', error: null })
    expect(await store().findOne('parts', { partNumber: { equals: 'SB00000' } })).toMatchObject({ name: 'Teil 0', nameZh: null, listPrice: null })
    expect(await made.do('undo')).toMatchObject({ status: 'undone', error: null })
    expect(await partNumbers('SB0')).toEqual([])
    const order = await openDesk(booted, owner, { entity: 'sales-orders', content: csv([['number', 'customer', 'lines.part', 'lines.quantity', 'lines.unitPrice'], ['SB-1', 'K-1', 'BASE', '2', '10'], ['SB-1', '', 'BASE', '3', '10']]) })
    await order.do('run')
    const saved = await store().findOne('sales-orders', { number: { equals: 'SB-1' } })
    const lines = await store().find('sales-order-lines', { where: { salesOrder: { equals: saved?.id } }, sort: 'position' })
    const setLines = async (...quantities: string[]) => expect(await set('sales-orders', saved?.id, { lines: quantities.map((quantity, index) => ({ id: lines[index]?.id, quantity })) })).toMatchObject({ status: 200 })
    await setLines('2', '5')
    expect((await order.do('undo')).error?.en).toMatch(/1 of its documents/)
    await setLines('2', '3')
    expect(await order.do('undo')).toMatchObject({ status: 'undone', error: null })
  })

  it('is refused as a whole, with each document and reason, when one was changed or is used', async () => {
    const desk = await openDesk(booted, owner, { entity: 'parts', content: partsFile('W', 3) })
    await desk.do('run')
    const [changed, used] = await store().find('parts', { where: { partNumber: { contains: 'W0' } }, sort: 'partNumber' })
    await owner.door(`/parts/${changed?.id}`, { method: 'PATCH', body: { name: 'Changed' } })
    const { body } = await owner.door('/sales-orders', { method: 'POST', body: { customer: ids['customers/K-1'], lines: [{ part: used?.id, quantity: '1' }] } })
    const refused = await desk.do('undo')
    expect(refused).toMatchObject({ status: 'done' })
    expect(refused.error?.en).toMatch(/^It cannot be undone: 2 of its documents/)
    expect((await desk.problems('?of=undo')).byColumn.map(({ count }) => count)).toEqual([2])
    expect((await desk.problems('?of=undo')).docs.map(({ row, value, message }) => [row, value, message.en])).toEqual([
      [2, 'W00000', 'It was changed since it was imported.'], [3, 'W00001', 'It is used by 1 sales order line (Part).'],
    ])
    expect(await partNumbers('W0')).toHaveLength(3)
    await owner.door(`/sales-orders/${(body as { id: string }).id}`, { method: 'DELETE' })
    expect((await desk.do('undo')).status).toBe('done')
  })
})

describe('rows that say what is here already', () => {
  beforeAll(async () => { expect(await owner.door('/sales-orders', { method: 'POST', body: { customer: ids['customers/K-1'], lines: [{ part: ids['parts/BASE'], quantity: '1' }, { part: ids['parts/BASE'], quantity: '2' }] } })).toMatchObject({ status: 201 }) })

  it.each(['parts', 'sales-orders', 'customers'])('change nothing: the export of %s, imported again', async (entity) => {
    const { bytes } = await owner.door(`/${entity}/export?for=import&format=csv`)
    const versions = async () => (await store().find<string>(entity, { sort: 'id' })).map(({ id, version }) => [id, version])
    const all = await versions()
    const before = [all, await store().count('history'), await store().count('events')]
    const desk = await openDesk(booted, owner, { entity, content: bytes })
    await desk.change({ matching: { existing: 'update' } })
    const { counts } = await desk.do('check')
    expect(counts).toMatchObject({ created: 0, changed: 0, bad: 0, skipped: all.length })
    expect(counts.skipped).toBeGreaterThan(0)
    expect(await desk.do('run')).toMatchObject({ status: 'done', counts: { created: 0, changed: 0, bad: 0, skipped: counts.skipped }, can: { undo: { en: expect.stringMatching(/nothing to undo/) as string } } })
    expect([await versions(), await store().count('history'), await store().count('events')]).toEqual(before)
  })

  it('are not taken back with the others, nor changed by a later row with their key', async () => {
    const rows = Array.from({ length: 600 }, (_, index) => [`N${String(index).padStart(5, '0')}`, `Teil ${index}`, 'PCS'])
    await (await openDesk(booted, owner, { entity: 'parts', content: csv([['partNumber', 'name', 'unit'], ...rows]) })).do('run')
    const desk = await openDesk(booted, owner, { entity: 'parts', content: csv([['partNumber', 'name', 'unit'], ...rows, ['N00001', 'again', 'PCS'], ['N-new', 'new', 'PCS']]) })
    await desk.change({ matching: { existing: 'update' } })
    const expected = { counts: { created: 1, changed: 0, bad: 1, skipped: 600 } }
    expect(await desk.do('check')).toMatchObject(expected)
    expect(await desk.do('run')).toMatchObject(expected)
    expect((await desk.problems()).docs.map(({ row, message }) => [row, message.en])).toEqual([[602, expect.stringMatching(/^Row 3 of the file has the same/)]])
    await owner.door(`/parts/${(await store().findOne('parts', { partNumber: { equals: 'N00002' } }))?.id}`, { method: 'PATCH', body: { name: 'Changed' } })
    expect(await desk.do('undo')).toMatchObject({ status: 'undone', error: null })
    expect(await partNumbers('N0')).toHaveLength(600)
  })
})

describe('rights', () => {
  it('an import needs the right on its entity, and shows itself to the one who began it', async () => {
    await expect(openDesk(booted, buyer, { entity: 'customers', content: 'name\nx' })).rejects.toThrow(/403/)
    const desk = await openDesk(booted, buyer, { entity: 'suppliers', content: csv([['number', 'name'], ['S-1', 'Lieferant']]) })
    const other = await signIn(booted, ['salesManager'])
    expect((await deskOf(booted, other, desk.id).act('check')).status).toBe(404)
    expect((await owner.door(`/imports/${desk.id}`)).status).toBe(200)
    const list = async (person: Person) => ((await person.door('/imports?limit=100')).body as { docs: { id: string }[] }).docs.map(({ id }) => id)
    expect(await list(buyer)).toEqual([desk.id])
    expect(await list(other)).toEqual([])
    expect(await list(owner)).toContain(desk.id)
    const viewer = await signIn(booted, ['viewer'])
    for (const path of ['/imports', `/imports/${desk.id}`]) expect((await viewer.door(path)).status).toBe(403)
    expect((await other.door(`/imports/${desk.id}`)).status).toBe(404)
    expect(await desk.do('run')).toMatchObject({ status: 'done', counts: { created: 1 } })
  })

  it('are asked again when it runs: who was blocked meanwhile brings nothing in', async () => {
    const leaving = await signIn(booted, ['buyer'], 'leaving')
    const desk = await openDesk(booted, leaving, { entity: 'suppliers', content: csv([['number', 'name'], ['S-9', 'Late']]) })
    await desk.act('run')
    await owner.door(`/users/${leaving.id}`, { method: 'PATCH', body: { blocked: true } })
    await doJobs(booted)
    const seen = await deskOf(booted, owner, desk.id).look()
    expect(seen.status).toBe('failed')
    expect(seen.error?.en).toMatch(/may not sign in any more/)
    expect(await store().count('suppliers', { number: { equals: 'S-9' } })).toBe(0)
  })

  it('do not reach what nobody makes by hand, and the refusal says why', async () => {
    for (const [entity, why] of [['stock-entries', /written by the platform/], ['history', /written by the platform/], ['sales-order-lines', /import that \(sales-orders\)/]] as const) {
      const { status, body } = await owner.door('/imports', { method: 'POST', body: { entity, upload: 'x' } })
      expect([status, JSON.stringify(body)]).toEqual([409, expect.stringMatching(why)])
    }
  })
})

describe('files', () => {
  it('of an import go when nobody needs them any more; that it can be undone stays', async () => {
    const desk = await openDesk(booted, owner, { entity: 'parts', content: partsFile('Y', 2) })
    await desk.do('run')
    await sweepImportFiles(booted.payload, new Date(Date.now() + 89 * 86_400_000))
    expect((await owner.door(`/imports/${desk.id}/bad-rows`)).text).toMatch(/^.?partNumber,name,unit,Row,Problem/)
    const other = await openDesk(booted, owner, { entity: 'parts', content: partsFile('Z', 2) })
    await sweepImportFiles(booted.payload, new Date(Date.now() + 91 * 86_400_000))
    expect((await other.look()).can.check).toMatchObject({ en: expect.stringMatching(/no longer kept/) as string })
    expect(await desk.do('undo')).toMatchObject({ status: 'undone' })
  })

  it('to fill in are given as CSV and XLSX, with the headers that are understood', async () => {
    for (const format of ['csv', 'xlsx']) {
      const { status, bytes } = await owner.door(`/imports/template?entity=sales-orders&format=${format}`)
      expect(status).toBe(200)
      const desk = await openDesk(booted, owner, { entity: 'sales-orders', name: `template.${format}`, content: bytes })
      const { columns } = await desk.look()
      expect(columns.length).toBeGreaterThan(5)
      expect(columns.filter(({ proposed }) => proposed === null)).toEqual([])
    }
    expect((await owner.door('/imports/template?entity=parts&format=pdf')).status).toBe(400)
    expect((await owner.door('/imports/template')).status).toBe(404)
    expect((await buyer.door('/imports/template?entity=customers')).status).toBe(403)
  })
})

it('the requests of docs/import.md do what they say', async () => {
  const block = /```http\n([\s\S]*?)```/.exec(readFileSync('docs/import.md', 'utf8'))?.[1] ?? ''
  const upload = await finishedUpload(booted, owner, { name: 'suppliers.csv', content: csv([['No', 'Name', 'Colour'], ['DOC-1', 'Müller', 'red'], ['DOC-2', '', '']]) })
  let id = ''
  const answers: unknown[] = []
  for (const line of block.trim().split('\n')) {
    const [, method = '', path = '', body] = /^(\w+) \/api(\S+)(?: (.*))?$/.exec(line.replaceAll('$upload', upload).replaceAll('$import', id)) ?? []
    const answer = await owner.door(path, { method, ...(body ? { raw: body } : {}) })
    expect([line, answer.status]).toEqual([line, path === '/imports' ? 201 : 200])
    if (path === '/imports') id = (answer.body as { id: string }).id
    await doJobs(booted)
    answers.push(answer.body ?? answer.text)
    if (path.endsWith('/run')) expect(await store().count('suppliers', { number: { equals: 'DOC-1' } })).toBe(1)
  }
  expect(answers).toHaveLength(7)
  expect(answers[3]).toMatchObject({ totalDocs: 1, docs: [{ row: 3, header: 'Name' }] })
  expect(answers[5]).toMatch(/DOC-2,,,3,/)
  expect(await store().count('suppliers', { number: { equals: 'DOC-1' } })).toBe(0)
})

describe('what is not as it should be', () => {
  it('is refused with a reason, at every door', async () => {
    const upload = await finishedUpload(booted, owner, { name: 'list.csv', content: 'name\nx' })
    const post = (body: unknown) => owner.door('/imports', { method: 'POST', body })
    for (const body of [{}, { entity: 7 }, { entity: 'parts' }, { entity: 'parts', upload: 7 }, { entity: 'parts', upload: '../../etc/passwd' }, { entity: '__proto__', upload }, [], 'x']) {
      expect((await post(body)).status, JSON.stringify(body)).toBeGreaterThanOrEqual(400)
      expect((await post(body)).status, JSON.stringify(body)).toBeLessThan(500)
    }
    expect((await buyer.door('/imports', { method: 'POST', body: { entity: 'parts', upload } })).status).toBe(422)
    const desk = await openDesk(booted, owner, { entity: 'parts', content: partsFile('H', 1) })
    const changes: unknown[] = [
      { mapping: 7 }, { mapping: { 0: { field: 'nope' } } }, { mapping: { 0: { field: 'version' } } }, { mapping: { 99: { field: 'name' } } }, { mapping: { '-1': null } }, { mapping: { 0: 'name' } },
      { mapping: { 0: { field: 'name' }, 1: { field: 'name' } } }, { mapping: { 2: { field: 'unit', by: 'id; drop' } } }, { matching: { key: 'name', existing: 'eat' } }, { matching: { key: '__proto__' } },
      { options: { encoding: 'ebcdic' } }, { options: { headerRow: 0 } }, { options: { headerRow: 1e9 } }, { options: { delimiter: 'ab' } }, { options: { constructor: 1 } }, { status: 'done' }, { options: [] },
    ]
    for (const body of changes) expect([JSON.stringify(body), (await desk.change(body as object)).status]).toEqual([JSON.stringify(body), 422])
    for (const query of ['?page=0', '?limit=x', '?limit=501', '?column=a', '?of=x']) expect((await owner.door(`/imports/${desk.id}/problems${query}`)).status, query).toBe(400)
    for (const action of ['pause', 'resume', 'undo']) expect((await desk.act(action)).status, action).toBe(409)
    expect((await owner.door(`/imports/${desk.id}/bad-rows?format=pdf`)).status).toBe(400)
    for (const [method, path] of [['POST', '/imports/nope/run'], ['GET', '/imports/nope'], ['GET', '/imports/nope/problems'], ['PATCH', '/imports/nope']] as const) expect((await owner.door(path, { method, body: method === 'GET' ? undefined : {} })).status, path).toBe(404)
    expect((await owner.door(`/imports/${desk.id}`, { method: 'DELETE' })).status).toBeGreaterThanOrEqual(400)
    expect(await desk.do('cancel')).toMatchObject({ status: 'cancelled' })
    expect((await desk.act('run')).status).toBe(409)
  })

  it.each([
    ['an empty file', 'list.csv', ''], ['a program', 'list.csv', Buffer.from('7f454c46020101', 'hex')], ['a picture named as a list', 'list.xlsx', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['an archive cut off', 'list.xlsx', Buffer.from('504b0304140000000800', 'hex')],
  ])('%s is told as what it is', async (_, name, content) => {
    const upload = await finishedUpload(booted, owner, { name, content })
    const { status, body } = await owner.door('/imports', { method: 'POST', body: { entity: 'parts', upload } })
    if (status === 201) {
      await doJobs(booted)
      const seen = await deskOf(booted, owner, (body as { id: string }).id).look()
      expect(seen.status).toBe('failed')
      expect(seen.error?.en).toMatch(/damaged/)
      const checked = await deskOf(booted, owner, seen.id).act('check')
      expect([checked.status, checked.text]).toEqual([409, expect.stringContaining('damaged')])
    } else expect(status).toBe(422)
  })

  it.each(['\n', '\r'])('a file of column names alone (line end %j) is neither checked nor run, and says why', async (end) => {
    const desk = await openDesk(booted, owner, { entity: 'parts', content: `partNumber,name,unit${end}` })
    expect((await desk.look()).can).toMatchObject({ change: true, check: { en: expect.stringMatching(/no rows below its column names/) as string } })
    for (const action of ['check', 'run']) expect((await desk.act(action)).status).toBe(409)
    const rows = await openDesk(booted, owner, { entity: 'parts', content: ['partNumber,name,unit', `CR-${end.charCodeAt(0)},Teil,PCS`].join(end) })
    expect(await rows.do('check')).toMatchObject({ status: 'checked', counts: { rows: 1, good: 1 } })
  })
})

/** Waits until something is committed, then acts, while the job goes on. */
async function afterProgress(id: string, act: () => Promise<void>): Promise<void> {
  while (!((await store().get('imports', id))?.lastRow)) await new Promise((resolve) => setTimeout(resolve, 2))
  await act()
}

async function workbook(rows: readonly (readonly (SheetCell | null)[])[], head: readonly string[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  const pages = async function* () { yield rows }
  for await (const part of writeXlsx({ sheet: '数据', moneyDigits: 2, columns: head.map((name) => ({ head: name, width: 10, kind: 'text' })), pages: pages() })) parts.push(part)
  return Buffer.concat(parts)
}

const text = (value: string): SheetCell => ({ kind: 'text', text: value })
