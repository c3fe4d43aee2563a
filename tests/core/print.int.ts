import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Booted } from '../support/boot-payload.ts'
import { openDoor, signIn, type Answer, type Person } from '../support/rest.ts'
import { createSampleFirm, putDocument, type SampleFirm } from '../support/sample-firm.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let firm: SampleFirm
let owner: Person
let quote: string
let delivery: string

const pages = async (answer: Answer): Promise<string[]> => {
  expect(answer.status, answer.text.slice(0, 300)).toBe(200)
  // Set PAPERS to a folder to look at the papers.
  if (process.env.PAPERS) {
    await mkdir(process.env.PAPERS, { recursive: true })
    await writeFile(path.join(process.env.PAPERS, `${decodeURIComponent(answer.headers.get('content-disposition')?.split("''")[1] ?? 'paper')}`), answer.bytes)
  }
  const { text } = await extractText(await getDocumentProxy(answer.bytes.slice()), { mergePages: false })
  return text.map((page) => page.replace(/\s+/g, ' '))
}

beforeAll(async () => {
  booted = await bootPlatform()
  firm = await createSampleFirm(booted.payload)
  owner = await signIn(booted, ['owner'])
  quote = await putDocument(booted.payload, firm, {
    entity: 'quotes', lineEntity: 'quote-lines', parentField: 'quote',
    values: {
      number: 'QU-2026-00042', customer: firm.customer, quoteDate: '2026-11-21', validUntil: '2026-12-21', quoteVersion: 2,
      terms: 'FOB Shanghai. Packed in cartons of one bicycle.', note: 'Colours: anthracite and petrol.', internalNote: 'Never tell: margin is thin.', marginAmount: 4711,
    },
    lines: [
      { part: 0, quantity: 1200, price: 1680, discount: 5 },
      { part: 1, quantity: 1200, price: 96 },
      { part: 2, quantity: 1, price: 2500, description: 'Assembly on site, per agreement of 3 November' },
    ],
  })
  const order = await putDocument(booted.payload, firm, {
    entity: 'sales-orders', lineEntity: 'sales-order-lines', parentField: 'salesOrder',
    values: { number: 'SO-2026-00017', customer: firm.customer, site: firm.site }, lines: [],
  })
  delivery = await putDocument(booted.payload, firm, {
    entity: 'deliveries', lineEntity: 'delivery-lines', parentField: 'delivery',
    values: { number: 'DN-2026-00007', customer: firm.customer, salesOrder: order, site: firm.site, deliveryDate: '2026-11-25', carrier: 'COSCO', costTotal: 123456 },
    lines: [{ part: 0, quantity: 600, price: 1680 }, { part: 1, quantity: 600, price: 96 }],
  })
})
afterAll(() => booted?.stop())

describe('papers', () => {
  it('a quote in English: number, parts, exact totals, terms, deposit; nothing internal', async () => {
    const answer = await owner.door(`/quotes/${quote}/pdf?language=en`)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    expect(answer.headers.get('content-disposition')).toBe(`inline; filename="Quote QU-2026-00042.pdf"; filename*=UTF-8''Quote%20QU-2026-00042.pdf`)
    const [page = '', ...more] = await pages(answer)
    expect(more).toEqual([])
    for (const text of [
      'Trellis Bicycle Works Ltd.', 'Quote', 'QU-2026-00042', '21 Nov 2026', '21 Dec 2026', 'Rijwiel Groothandel B.V.', 'CB-7-ALU-M',
      'City bike, 7 gears, aluminium frame, size M', '1,200 pcs', '1,680.00', '5%', '1,915,200.00', 'Assembly on site',
      'Net total 2,032,900.00', 'Tax 13% on 2,032,900.00 264,277.00', 'Total CNY 2,297,177.00',
      '30 days net, 30% deposit', 'Deposit of 30% before delivery: 689,153.10 CNY.', 'FOB Shanghai', 'Colours: anthracite', 'Page 1 of 1',
    ]) expect(page).toContain(text)
    for (const secret of ['margin is thin', '47.11']) expect(page).not.toContain(secret)
  })

  it('the same in Chinese: names, labels and the amount in capital numerals', async () => {
    const answer = await owner.door(`/quotes/${quote}/pdf?language=zh`)
    expect(answer.headers.get('content-disposition')).toBe(`inline; filename="Quote QU-2026-00042.pdf"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%E5%8D%95%20QU-2026-00042.pdf`)
    const [page = ''] = await pages(answer)
    for (const text of [
      '格架自行车制造有限公司', '报价单', '2026年11月21日', '荷兰自行车批发公司', '城市自行车，7 速，铝合金车架，M 码', '1,200 件', '未税金额 2,032,900.00',
      '价税合计（CNY） 2,297,177.00', '贰佰贰拾玖万柒仟壹佰柒拾柒元整', '30% 订金，余款月结 30 天', '发货前支付订金 30%：689,153.10 CNY。', '第 1 页，共 1 页',
    ]) expect(page).toContain(text)
  })

  it("without a language it speaks the customer's", async () => {
    const [page] = await pages(await owner.door(`/quotes/${quote}/pdf`))
    expect(page).toContain('Rijwiel Groothandel B.V.')
    expect(page).toContain('City bike')
  })

  it('a delivery note shows no price, and who may not see prices may print it', async () => {
    const storekeeper = await signIn(booted, ['storekeeper'])
    const [page = ''] = await pages(await storekeeper.door(`/deliveries/${delivery}/pdf?language=en`))
    for (const text of ['Delivery note', 'DN-2026-00007', 'SO-2026-00017', 'COSCO', 'Havenstraat 12', '600 pcs', 'Received by, date']) expect(page).toContain(text)
    for (const secret of ['1,680', 'Tax 13', '1,234.56', 'Total']) expect(page).not.toContain(secret)
  })

  it('who may not see prices, or not read at all, gets 403 with the reason', async () => {
    const order = await putDocument(booted.payload, firm, {
      entity: 'sales-orders', lineEntity: 'sales-order-lines', parentField: 'salesOrder', values: { number: 'SO-2026-00018', customer: firm.customer, site: firm.site },
      lines: [{ part: 0, quantity: 1, price: 10 }],
    })
    const storekeeper = await signIn(booted, ['storekeeper'], 'second storekeeper')
    const refused = await storekeeper.door(`/sales-orders/${order}/pdf`)
    expect(refused.status).toBe(403)
    expect(refused.text).toContain('which your roles do not let you see')
    expect((await storekeeper.door(`/quotes/${quote}/pdf`)).status).toBe(403)
    expect((await openDoor(booted)(`/quotes/${quote}/pdf`)).status).toBe(401)
  })

  it('what is not there, has no paper or asks for an unknown language is a 4xx with a remedy', async () => {
    expect((await owner.door('/quotes/nothing/pdf')).status).toBe(404)
    expect((await owner.door(`/quotes/${quote}/pdf?language=fr`)).text).toContain('language must be')
    const opportunities = await owner.door('/opportunities/any/pdf')
    expect([opportunities.status, opportunities.text]).toEqual([400, expect.stringContaining('no printed form')])
  })

  it('120 lines run over pages: each repeats the header row and says where it is', async () => {
    const id = await putDocument(booted.payload, firm, {
      entity: 'invoices', lineEntity: 'invoice-lines', parentField: 'invoice',
      values: { number: 'INV-2026-00120', customer: firm.customer, invoiceKind: 'invoice', invoiceDate: '2026-11-30', dueDate: '2026-12-30', note: 'Thank you.' },
      lines: Array.from({ length: 120 }, (_, index) => ({ part: index % 2, quantity: index + 1, price: 12 })),
    })
    const all = await pages(await owner.door(`/invoices/${id}/pdf?language=en`))
    expect(all.length).toBeGreaterThan(3)
    all.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} of ${all.length}`)
      if (index > 0) expect(page).toContain('Invoice INV-2026-00120')
    })
    const withLines = all.filter((page) => /LGT-FRONT/.test(page))
    for (const page of withLines) expect(page).toContain('Part number')
    expect(withLines.length).toBeGreaterThan(2)
    expect(all.join(' ')).toContain('4402 1234 5678 9012')
    expect(all.join(' ').match(/LGT-FRONT|CB-7-ALU-M/g)).toHaveLength(120)
  })
})
