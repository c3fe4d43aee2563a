import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exists, importFolder, readRows } from '../../plugins/core/imports/import-files.ts'
import type { FileOptions } from '../../plugins/core/imports/import-record.ts'
import { takeInXlsx } from '../../plugins/core/imports/take-in-xlsx.ts'
import { zip, type ZipEntry } from '../../plugins/core/xlsx/zip.ts'

let data: string
beforeAll(async () => { data = await mkdtemp(path.join(tmpdir(), 'trellis-xlsx-')) })
afterAll(() => rm(data, { recursive: true, force: true }))

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relation = (id: string, kind: string, target: string) => `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${target}"/>`
const relations = (...inside: string[]) => `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside.join('')}</Relationships>`

/** A workbook as another program might write it. */
function parts(sheet: string, { strings = '', properties = '', styles = '', formats = '' } = {}): ZipEntry[] {
  return [
    { name: '_rels/.rels', chunks: [relations(relation('r1', 'officeDocument', '/xl/book.xml'))] },
    { name: 'xl/book.xml', chunks: [`<workbook xmlns="${main}" xmlns:r="r">${properties}<sheets><sheet name="Hidden" sheetId="1" state="hidden" r:id="s2"/><sheet name="Liste" sheetId="2" r:id="s1"/><sheet name="Two" sheetId="3" r:id="s3"/></sheets></workbook>`] },
    { name: 'xl/_rels/book.xml.rels', chunks: [relations(relation('s1', 'worksheet', 'worksheets/list.xml'), relation('s2', 'worksheet', 'worksheets/list.xml'), relation('s3', 'worksheet', 'worksheets/two.xml'), relation('t', 'sharedStrings', 'strings.xml'), relation('f', 'styles', 'styles.xml'))] },
    { name: 'xl/strings.xml', chunks: [`<sst xmlns="${main}">${strings}</sst>`] },
    { name: 'xl/styles.xml', chunks: [`<styleSheet xmlns="${main}"><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="171" formatCode="[Red]0.0%;-0.0%"/><numFmt numFmtId="172" formatCode="&quot;days&quot; 0"/>${formats}</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/><xf numFmtId="22"/>${styles}</cellXfs></styleSheet>`] },
    { name: 'xl/worksheets/list.xml', chunks: [sheet] },
    { name: 'xl/worksheets/two.xml', chunks: [`<worksheet xmlns="${main}"><sheetData><row><c t="inlineStr"><is><t>other</t></is></c></row></sheetData></worksheet>`] },
  ]
}
const sheetOf = (rows: string) => `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`

let count = 0
async function take(entries: readonly ZipEntry[] | Uint8Array, given: FileOptions = { headerRow: 1 }) {
  const folder = importFolder(data, `i${count++}`)
  const chunks: Uint8Array[] = []
  if (entries instanceof Uint8Array) chunks.push(entries)
  else for await (const chunk of zip(entries)) chunks.push(chunk)
  const { mkdir } = await import('node:fs/promises')
  await mkdir(folder.folder, { recursive: true })
  await writeFile(folder.source, Buffer.concat(chunks))
  const taken = await takeInXlsx({ folder, given, signal: new AbortController().signal })
  const rows: [number, unknown][] = []
  for await (const { row, cells } of readRows(folder.rows)) rows.push([row, cells])
  return { ...taken, rows }
}
const refusal = (entries: readonly ZipEntry[] | Uint8Array) => take(entries).then(() => 'taken', (error: Error) => error.message)

describe('a workbook of another program', () => {
  it('is read as it shows itself: kinds of numbers, shared and rich texts, formulas, rows and cells without their places', async () => {
    const { rows, options, columns } = await take(parts(sheetOf(`
      <row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>
      <row r="3"><c r="A3" s="1"><v>45322</v></c><c r="B3" s="2"><v>45322</v></c><c r="C3" s="3"><v>0.195</v></c><c r="D3" s="4"><v>7</v></c><c r="E3" s="5"><v>45322.5</v></c></row>
      <row><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="str"><f>A1&amp;"x"</f><v>a_x000D_b</v></c><c s="1"><f>TODAY()</f><v>45322</v></c><c><v>0.30000000000000004</v></c></row>
      <row r="7"><c r="C7" t="inlineStr"><is><r><t>ri</t></r><r><t xml:space="preserve">ch </t></r></is></c><c r="AB7"><v>12345678901234</v></c></row>`), {
      strings: '<si><t>编号</t></si><si><r><t>名</t></r><r><t>称</t></r><rPh sb="0" eb="1"><t>PINYIN</t></rPh></si>',
    }))
    expect(options).toMatchObject({ sheets: ['Liste', 'Two'], sheet: 'Liste', from1904: false, headerRow: 1 })
    expect(columns.slice(0, 2).map(({ header }) => header)).toEqual(['编号', '名称'])
    const last = Array.from({ length: 28 }, (_, index) => (index === 2 ? 'rich ' : index === 27 ? 12_345_678_901_234 : null))
    expect(rows).toEqual([
      [3, [{ date: '2024-01-31' }, { date: '2024-01-31' }, { percent: 19.5 }, 7, { date: '2024-01-31T12:00:00' }]],
      [4, [true, { error: '#N/A' }, 'a\rb', { date: '2024-01-31' }, 0.30000000000000004]],
      [7, last],
    ])
  })

  it('keeps the zeros in front that a format of digits shows', async () => {
    const { rows } = await take(parts(sheetOf('<row><c t="inlineStr"><is><t>x</t></is></c></row><row><c s="6"><v>42</v></c><c s="6"><v>123456</v></c><c s="6"><v>4.5</v></c><c s="6"><v>-3</v></c><c s="7"><v>7</v></c></row>'), {
      styles: '<xf numFmtId="173"/><xf numFmtId="174"/>',
      formats: '<numFmt numFmtId="173" formatCode="00000"/><numFmt numFmtId="174" formatCode="&quot;A&quot;000"/>',
    }))
    expect(rows).toEqual([[2, ['00042', '123456', 4.5, -3, '007']]])
  })

  it.each<[string, string]>([
    ['[$$-409]#,##0.00', 'USD'], ['[$€-407]#,##0.00', '€'], ['"$"#,##0.00', '$'], ['$#,##0.00;[Red]-$#,##0.00', '$'], ['_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_(@_)', '$'], ['#,##0.00 [$USD]', 'USD'],
    ['0.00"元"', '元'], ['[$￥-804]0.00', 'CNY'], ['[$¥-411]0', 'JPY'], ['#,##0.00\\ "€"', '€'], ['[$HK$-C04]0', 'HK$'], ['[$$-en-AU]0', 'AUD'], ['[$Fr.-807]0.00', 'Fr.'],
    ['[$-409]0.00', ''], ['0 "PCS"', ''], ['[Red]0.00', ''], ['#,##0.00_ ', ''], ['0.00;"$"0.00', ''],
  ])('shows an amount as one of its currency: %s', async (code, currency) => {
    const formats = `<numFmt numFmtId="180" formatCode="${code.replaceAll('"', '&quot;')}"/>`
    const { rows } = await take(parts(sheetOf('<row><c t="inlineStr"><is><t>x</t></is></c></row><row><c s="6"><v>12.5</v></c></row>'), { styles: '<xf numFmtId="180"/>', formats }))
    expect(rows).toEqual([[2, [currency === '' ? 12.5 : { amount: 12.5, currency }]]])
  })

  it('tells a formula without its value from one that gives an empty text', async () => {
    const { rows } = await take(parts(sheetOf('<row><c t="inlineStr"><is><t>x</t></is></c></row><row><c><f>1+1</f></c><c t="str"><f>""</f><v></v></c><c><f>1+1</f><v>2</v></c><c t="str"><f>A1</f></c><c><v>3</v></c></row>')))
    expect(rows).toEqual([[2, [{ formula: true }, null, 2, { formula: true }, 3]]])
  })

  it('counts its days from 1904 where it says so, and gives the sheet that is asked for', async () => {
    const book = parts(sheetOf('<row><c><v>1</v></c></row><row><c s="1"><v>43860</v></c></row>'), { properties: '<workbookPr date1904="1"/>' })
    expect((await take(book)).rows).toEqual([[2, [{ date: '2024-01-31' }]]])
    expect((await take(book, { sheet: 'Two' })).columns.map(({ header }) => header)).toEqual(['other'])
  })
})

describe('a hostile workbook is refused with a reason', () => {
  const row = '<row><c><v>1</v></c></row>'
  it.each<[string, () => readonly ZipEntry[], RegExp]>([
    ['a document type with entities', () => parts(`<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${sheetOf('<row><c t="str"><v>&b;</v></c></row>')}`), /damaged/],
    ['an unknown entity', () => parts(sheetOf('<row><c t="str"><v>&evil;</v></c></row>')), /damaged/],
    ['XML that ends in the middle', () => parts(`<worksheet xmlns="${main}"><sheetData>${row}<row>`), /damaged/],
    ['a row beyond the last', () => parts(sheetOf('<row r="99999999"><c><v>1</v></c></row>')), /damaged/],
    ['a column beyond the last', () => parts(sheetOf('<row><c r="ZZZZ1"><v>1</v></c></row>')), /damaged/],
    ['a workbook without sheets', () => parts('').filter(({ name }) => !name.includes('worksheets/')), /damaged/],
    ['another archive', () => [{ name: 'word/document.xml', chunks: ['<x/>'] }], /damaged/],
    ['very many parts', () => Array.from({ length: 10_001 }, (_, index) => ({ name: `x${index}`, chunks: ['x'] })), /far more parts/],
  ])('%s', async (_, entries, sentence) => expect(await refusal(entries())).toMatch(sentence))

  const endless = function* () { for (let piece = 0; piece < 200; piece++) yield 'a'.repeat(1_048_576) }
  const around = (before: string, after: string) => function* () {
    yield `<worksheet xmlns="${main}"><sheetData><row><c><v>1</v></c></row><row r="7"><c r="AB7" t="inlineStr">${before}`
    yield* endless()
    yield `${after}</c></row></sheetData></worksheet>`
  }
  it.each([
    ['inline', around('<is><t>', '</t></is>')], ['as a value', around('<v>', '</v>')], ['with other signs', around('<is><t><![CDATA[<', ']]></t></is>')], ['as an attribute', around('<is><t x="', '"/></is>')],
  ])('a text of 200 MB in a cell, %s, without being held in memory', async (_, chunks) => {
    const before = process.memoryUsage().rss
    expect(await refusal(parts('').map((part) => (part.name.endsWith('list.xml') ? { ...part, chunks: chunks() } : part)))).toMatch(/^Cell AB7 has a text of more than 1,000,000 characters.*Shorten/)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1_048_576)
  }, 60_000)

  it('a long text in runs, or shared', async () => {
    const runs = '<r><t>aaaaaaaaaa</t></r>'
    expect(await refusal(parts(sheetOf(`<row><c t="inlineStr"><is>${runs.repeat(100_001)}</is></c></row>`)))).toMatch(/^Cell A1 has a text/)
    expect(await refusal(parts(sheetOf(row), { strings: `<si><t>x</t></si><si>${runs.repeat(100_001)}</si>` }))).toMatch(/^Shared text 2 of the workbook/)
    const longest = `<row><c t="inlineStr"><is><t>${'&amp;'.repeat(100_000)}</t></is></c><c t="inlineStr"><is><t>${'_x000D_'.repeat(100_000)}</t></is></c></row>`
    expect((await take(parts(sheetOf(`<row><c><v>1</v></c></row>${longest}`)))).rows).toEqual([[2, ['&'.repeat(100_000), '\r'.repeat(100_000)]]])
  })

  it('one that unpacks to more than it declares, or declares more than there may be', async () => {
    const chunks: Uint8Array[] = []
    for await (const chunk of zip(parts(sheetOf(row.repeat(50_000))))) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    const sized = (size: number, part = 'list') => {
      const forged = Buffer.from(bytes)
      const at = forged.lastIndexOf(`xl/worksheets/${part}.xml`) - 46
      forged.writeUInt32LE(size, at + 24)
      return forged
    }
    expect(await refusal(sized(100))).toMatch(/far more/)
    expect(await refusal(sized(0xfffffff0))).toMatch(/more than 600 MB .* as CSV/)
    expect(await refusal(sized(600 * 1_048_576))).toMatch(/more than 600 MB/)
    expect(await exists(importFolder(data, `i${count - 1}`).folder)).toBe(false)
    // Another sheet, which is not read, does not count.
    expect((await take(sized(0xfffffff0, 'two'))).rows).toHaveLength(49_999)
    expect(await refusal(bytes.subarray(0, bytes.length - 40))).toMatch(/damaged/)
    const broken = Buffer.from(bytes)
    broken.fill(0xff, 400, 460)
    expect(await refusal(broken)).toMatch(/damaged/)
  })
})
