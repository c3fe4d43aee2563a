// Reads SpreadsheetML (ECMA-376 part 1, 18): names of sheets, kinds of cells, and a sheet's rows one after the other.
import path from 'node:path/posix'
import { SaxesParser } from 'saxes'
import { kindOf } from './number-formats.mjs'
import { damaged, UnreadableFile } from './zip-reader.mjs'

/** @typedef {Awaited<ReturnType<typeof import('./zip-reader.mjs').openZip>>} Zip */

/** Excel holds 32,767 characters a cell, the longest field 100,000, which may be written as up to seven times as many. */
const longestText = 1_000_000

/**
 * Walks through an XML part. Entities of a document's own are never expanded: a document type is refused.
 * @param {AsyncIterable<Buffer>} bytes
 * What stands between two tags, or in one, is kept by the parser until its end, so that is bounded.
 * @param {{ open?: (name: string, attributes: Record<string, string>) => void, close?: (name: string) => void, text?: (text: string) => void, chunk?: () => Promise<void>, place?: () => Place }} handlers
 */
async function walk(bytes, { open, close, text, chunk, place }) {
  const parser = new SaxesParser()
  const decoder = new TextDecoder()
  let failed
  let unended = 0
  parser.on('error', (error) => { failed ??= error })
  parser.on('doctype', () => { failed ??= new Error('A document type is not expected here.') })
  parser.on('opentag', ({ name, attributes }) => {
    unended = 0
    open?.(local(name), attributes)
  })
  parser.on('closetag', ({ name }) => {
    unended = 0
    close?.(local(name))
  })
  for (const kind of ['text', 'cdata']) {
    parser.on(kind, (said) => {
      unended = 0
      text?.(said)
    })
  }
  for (const kind of ['comment', 'processinginstruction']) parser.on(kind, () => { unended = 0 })
  const write = async (part) => {
    unended += part.length
    parser.write(part)
    if (failed) throw new UnreadableFile(damaged)
    if (unended > longestText) throw new UnreadableFile(tooLong(place?.()))
    await chunk?.()
  }
  for await (const piece of bytes) await write(decoder.decode(piece, { stream: true }))
  await write(decoder.decode())
  parser.close()
  if (failed) throw new UnreadableFile(damaged)
}

/** @typedef {{ en: string, zh: string }} Place */

/** @param {Place} place */
const tooLong = (place = { en: 'The workbook', zh: '工作簿' }) => ({
  en: `${place.en} has a text of more than ${longestText.toLocaleString('en')} characters; Excel itself holds 32,767 a cell. Shorten it, or take it out.`,
  zh: `${place.zh}含有超过 ${longestText} 个字符的文本（Excel 单元格上限为 32767 个字符），请缩短或删除。`,
})

const local = (name) => (name.includes(':') ? name.slice(name.indexOf(':') + 1) : name)
const attribute = (attributes, name) => attributes[name] ?? attributes[Object.keys(attributes).find((key) => local(key) === name) ?? '']

/** Targets of a part's relations, by id and by kind. @param {Zip} zip @param {string} part */
async function relationsOf(zip, part) {
  const file = path.join(path.dirname(part), '_rels', `${path.basename(part)}.rels`)
  const relations = []
  if (!zip.has(file)) return relations
  await walk(zip.bytes(file), {
    open(name, attributes) {
      if (name !== 'Relationship' || attributes.TargetMode === 'External') return
      const target = String(attributes.Target)
      relations.push({ id: attributes.Id, kind: String(attributes.Type).split('/').at(-1), part: target.startsWith('/') ? target.slice(1) : path.join(path.dirname(part), target) })
    },
  })
  return relations
}

/** @param {Zip} zip */
export async function openWorkbook(zip) {
  const [main] = (await relationsOf(zip, '')).filter(({ kind }) => kind === 'officeDocument')
  const book = main?.part ?? 'xl/workbook.xml'
  if (!zip.has(book)) throw new UnreadableFile(damaged)
  const relations = await relationsOf(zip, book)
  const partOf = (kind) => relations.find((relation) => relation.kind === kind)?.part
  const sheets = []
  let from1904 = false
  await walk(zip.bytes(book), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true'
      if (name !== 'sheet' || attributes.state === 'hidden' || attributes.state === 'veryHidden') return
      const id = attributes['r:id'] ?? attribute(attributes, 'id')
      const part = relations.find((relation) => relation.id === id && relation.kind === 'worksheet')?.part
      if (part && zip.has(part)) sheets.push({ name: String(attributes.name), part })
    },
  })
  return { sheets, from1904, strings: partOf('sharedStrings'), styles: partOf('styles') }
}

/** Texts that cells share, by their number. @param {Zip} zip @param {string | undefined} part */
export async function sharedStrings(zip, part) {
  const strings = []
  if (!part || !zip.has(part)) return strings
  const place = () => ({ en: `Shared text ${strings.length + 1} of the workbook`, zh: `工作簿的第 ${strings.length + 1} 个共享文本` })
  const reader = textReader(place)
  await walk(zip.bytes(part), {
    open(name) {
      if (name === 'si') reader.begin()
      else reader.open(name)
    },
    close(name) {
      if (name === 'si') strings.push(reader.end())
      else reader.close(name)
    },
    text: reader.text, place,
  })
  return strings
}

/** The text of runs (`t`) without their phonetic guides (`rPh`). @param {() => Place} place */
function textReader(place) {
  let parts = []
  let length = 0
  let inText = false
  let guides = 0
  return {
    begin() { parts = []; length = 0; inText = false; guides = 0 },
    open(name) {
      if (name === 'rPh') guides++
      else if (name === 't') inText = guides === 0
    },
    close(name) {
      if (name === 'rPh') guides--
      else if (name === 't') inText = false
    },
    text(text) {
      if (!inText) return
      length += text.length
      if (length > longestText) throw new UnreadableFile(tooLong(place()))
      parts.push(text)
    },
    end: () => unescaped(parts.join('')),
  }
}

/** Characters that XML cannot hold stand as _x000D_ (ECMA-376 part 1, 22.9.2.19). */
const unescaped = (text) => (text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))) : text)

/** What kind of number each style shows (`kindOf`). @param {Zip} zip @param {string | undefined} part */
export async function styleKinds(zip, part) {
  const kinds = []
  if (!part || !zip.has(part)) return kinds
  const formats = new Map()
  let inCells = false
  await walk(zip.bytes(part), {
    open(name, attributes) {
      if (name === 'numFmt') formats.set(Number(attributes.numFmtId), String(attributes.formatCode ?? ''))
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) kinds.push(Number(attributes.numFmtId ?? 0))
    },
    close(name) { if (name === 'cellXfs') inCells = false },
  })
  return kinds.map((id) => kindOf(id, formats.get(id)))
}

/**
 * Rows of a sheet: number (from 1) and cells. `take` gets some rows at a time and may make the reader wait.
 * @param {Zip} zip
 * @param {{ part: string, strings: readonly string[], kinds: readonly string[], from1904: boolean, take: (rows: [number, unknown[]][]) => Promise<void> }} sheet
 */
export async function readSheet(zip, { part, strings, kinds, from1904, take }) {
  let rows = []
  let number = 0
  let cells = []
  let column = -1
  let cell
  let value = ''
  let inValue = false
  let inData = false
  const place = () => ({ en: `Cell ${nameOf(column)}${number}`, zh: `单元格 ${nameOf(column)}${number} ` })
  const inline = textReader(place)
  await walk(zip.bytes(part), {
    open(name, attributes) {
      if (name === 'sheetData') inData = true
      if (!inData) return
      if (name === 'row') {
        number = Number(attributes.r ?? number + 1)
        if (!(number >= 1 && number <= 1_048_576)) throw new UnreadableFile(damaged)
        cells = []
        column = -1
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r)
        cell = { type: attributes.t ?? 'n', formula: false, kind: kinds[Number(attributes.s ?? 0)] ?? 'number' }
        value = ''
      } else if (name === 'f' && cell) cell.formula = true
      else if (name === 'v') {
        inValue = true
        if (cell) cell.formula = false
      }
      else if (name === 'is') inline.begin()
      else inline.open(name)
    },
    close(name) {
      if (!inData) return
      if (name === 'v') inValue = false
      else if (name === 'is') value = inline.end()
      else if (name === 'c' && cell) {
        const read = valueOf(cell, value, { strings, from1904 })
        if (read !== null) {
          while (cells.length < column) cells.push(null)
          cells[column] = read
        }
        cell = undefined
      } else if (name === 'row') rows.push([number, cells])
      else if (name === 'sheetData') inData = false
      else inline.close(name)
    },
    text(text) {
      if (!inValue) return inline.text(text)
      if (value.length + text.length > longestText) throw new UnreadableFile(tooLong(place()))
      value += text
    },
    place,
    async chunk() {
      const some = rows
      rows = []
      if (some.length > 0) await take(some)
    },
  })
}

/** "AB12" → 27 */
function columnOf(reference) {
  let column = 0
  for (const sign of String(reference)) {
    const letter = sign.toUpperCase().charCodeAt(0) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  if (column < 1 || column > 16_384) throw new UnreadableFile(damaged)
  return column - 1
}

/** 27 → "AB" */
const nameOf = (column) => (column < 0 ? '' : nameOf(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26)))

function valueOf({ type, kind, formula }, value, { strings, from1904 }) {
  // A formula that gives an empty text has an empty value; without any, nobody has calculated it.
  if (value === '') return formula ? { formula: true } : null
  switch (type) {
    case 's': return strings[Number(value)] ?? null
    case 'inlineStr': return value
    case 'str': return unescaped(value)
    case 'b': return value === '1' || value === 'true'
    case 'e': return { error: value }
    case 'd': return { date: value.replace(/T00:00(?::00(?:\.0+)?)?$/, '') }
    default: {
      const figure = Number(value)
      if (!Number.isFinite(figure)) return value
      if (kind === 'percent') return { percent: Number((figure * 100).toPrecision(15)) }
      if (kind === 'date') return dateOf(figure, from1904) ?? figure
      const currency = /^money (.+)$/.exec(kind ?? '')?.[1]
      if (currency) return { amount: figure, currency }
      const digits = /^digits (\d+)$/.exec(kind ?? '')?.[1]
      return digits && Number.isSafeInteger(figure) && figure >= 0 ? String(figure).padStart(Number(digits), '0') : figure
    }
  }
}

/** A serial number of days as a date, with time of day where there is one; undefined where it shows none. */
function dateOf(serial, from1904) {
  const days = from1904 ? serial + 1462 : serial
  if (days < 0 || days >= 2_958_466) return undefined
  const seconds = Math.round(days * 86_400)
  const day = Math.floor(seconds / 86_400)
  const clock = new Date((seconds % 86_400) * 1000).toISOString().slice(11, 19)
  // A time of day without a date.
  if (day === 0) return clock
  // Day 60 is the 29 February 1900 that never was.
  if (day === 60) return undefined
  const date = new Date(Date.UTC(1899, 11, day < 60 ? 31 : 30) + day * 86_400_000).toISOString().slice(0, 10)
  return { date: clock === '00:00:00' ? date : `${date}T${clock}` }
}
