import type { Column, Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Labelled, Paper, PaperColumn } from './paper.ts'

/** Plain data, so that it can be handed to a worker thread, which adds what must be functions (footer, rules). */
export type PdfJob = {
  readonly definition: TDocumentDefinitions
  readonly footer: { readonly left: string; readonly pageLabel: string }
  /** On the second and later pages. */
  readonly runningHead: { readonly left: string; readonly right: string }
  readonly colors: typeof colors
}

const colors = { ink: '#1b2330', quiet: '#5d6878', rule: '#d4dae3', band: '#eef2f7', accent: '#1d4f7c', stamp: '#b4232a' } as const
const longestOnOneLine = 26
const longestOnOnePage = 1_500
/** Of an A4 page, in points. */
const margin = { side: 42, top: 54, bottom: 62 } as const

/** The one layout of all business papers; what differs between them stands in the paper. */
export function layoutPaper(paper: Paper): PdfJob {
  const { title, number, letterhead } = paper
  return {
    colors,
    footer: { left: [letterhead.name, ...paper.footer].join('  ·  '), pageLabel: paper.pageLabel },
    runningHead: { left: letterhead.name, right: `${title} ${number}` },
    definition: {
      pageSize: 'A4', pageMargins: [margin.side, margin.top, margin.side, margin.bottom], compress: true,
      info: { title: `${title} ${number}`, author: letterhead.name, creator: 'Trellis', producer: 'Trellis' },
      language: paper.language === 'zh' ? 'zh-CN' : 'en',
      defaultStyle: { font: 'Noto', fontSize: 9, color: colors.ink, lineHeight: 1.05 },
      ...(paper.stamp ? { watermark: { text: paper.language === 'en' ? paper.stamp.toUpperCase() : paper.stamp, color: colors.stamp, opacity: 0.09, bold: true } } : {}),
      content: [head(paper), titleBlock(paper), partners(paper), lines(paper), ...closing(paper)],
    },
  }
}

function head({ letterhead }: Paper): Content {
  return {
    // Rises into the margin that later pages need for their running head.
    margin: [0, -18, 0, 20],
    table: {
      widths: ['*', 'auto'],
      body: [[
        {
          stack: [
            { text: letterhead.name, fontSize: 15, bold: true, color: colors.accent },
            ...(letterhead.otherName ? [{ text: letterhead.otherName, color: colors.quiet, margin: [0, 1, 0, 0] as [number, number, number, number] }] : []),
          ],
        },
        { stack: letterhead.lines.map((text) => ({ text })), fontSize: 8, color: colors.quiet, alignment: 'right' },
      ]],
    },
    layout: 'letterhead',
  }
}

const titleBlock = ({ title, number }: Paper): Content => ({
  columns: [
    { width: 'auto', text: title, fontSize: 20, bold: true },
    { width: '*', text: number, fontSize: 13, color: colors.quiet, alignment: 'right', margin: [12, 8, 0, 0] },
  ],
  margin: [0, 0, 0, 12],
})

function partners({ addresses, facts }: Paper): Content {
  const address = ({ label, lines: [name = '', ...rest] }: Paper['addresses'][number]): Column => ({
    width: addresses.length > 1 ? 142 : 250,
    stack: [{ ...quiet(label), margin: [0, 0, 0, 2] }, { text: name, bold: true, fontSize: 10 }, ...rest.map((text) => ({ text }))],
  })
  const fact = ({ label, value }: Labelled): TableCell[] => [{ ...quiet(label), margin: [0, 1, 0, 0] }, { text: value, noWrap: value.length <= longestOnOneLine }]
  return {
    columns: [
      ...addresses.map(address),
      { width: '*', text: '' },
      ...(facts.length > 0 ? [{ width: 'auto', table: { widths: ['auto', 'auto'], body: facts.map(fact) }, layout: 'facts' } as Content] : []),
    ],
    columnGap: 14,
    margin: [0, 0, 0, 18],
  }
}

function lines({ columns, rows }: Paper): Content {
  if (columns.length === 0) return { text: '' }
  const fontSize = fontSizeFor({ columns, rows })
  return {
    fontSize,
    table: {
      headerRows: 1, dontBreakRows: true, keepWithHeaderRows: 1,
      widths: columns.map(({ width }) => width),
      body: [
        columns.map(({ label, align }): TableCell => ({
          stack: label.split('\n').map((text) => ({ text, noWrap: true })), alignment: align, bold: true, fontSize: fontSize - 1, color: colors.quiet,
        })),
        ...rows.map((row) => row.map((text, index): TableCell => lineCell({ text, column: columns[index], fontSize }))),
      ],
    },
    layout: 'lines',
  }
}

function lineCell({ text, column, fontSize }: { text: string; column: PaperColumn | undefined; fontSize: number }): TableCell {
  const { width, align } = column ?? { width: 'auto', align: 'left' }
  const [first = '', ...under] = text.split('\n')
  if (width === '*' && under.length > 0) return { stack: [{ text: first }, ...under.map((line) => ({ ...quiet(line), fontSize: fontSize - 1 }))], alignment: align }
  return { text, alignment: align, noWrap: width === 'auto', ...(typeof width === 'number' ? { wordBreak: 'break-all' } : {}) }
}

/** Figures are never cut or broken: where they are wide, the whole table is set smaller. */
function fontSizeFor({ columns, rows }: Pick<Paper, 'columns' | 'rows'>): number {
  const widest = columns.map(({ label }, index) => Math.max(...label.split('\n').map(({ length }) => length), ...rows.map((row) => row[index]?.length ?? 0)))
  const figures = widest.filter((_, index) => columns[index]?.width === 'auto')
  const needs = (fontSize: number) => figures.reduce((sum, letters) => sum + letters * fontSize * widthOfDigit + cellPadding, 0)
  return fontSizes.find((fontSize) => needs(fontSize) <= roomForFigures) ?? 6
}

const fontSizes = [9, 8, 7, 6]
/** In ems of this font, with some to spare for punctuation and units. */
const widthOfDigit = 0.54
const cellPadding = 10
/** Of the 511 points between the margins: what part number and a readable description leave. */
const roomForFigures = 300

function closing(paper: Paper): Content[] {
  const { totals, amountInWords, sections, signatures } = paper
  const inWords: Content = amountInWords ? { stack: [quiet(amountInWords.label), { text: amountInWords.value, bold: true }], margin: [0, 4, 16, 0] } : { text: '' }
  const sums: Content[] = totals.length === 0 ? [] : [{
    unbreakable: true,
    columns: [
      { width: '*', stack: [inWords] },
      {
        width: 'auto',
        table: {
          widths: ['auto', 'auto'],
          body: totals.map(({ label, value, strong }): TableCell[] => [
            { text: label, alignment: 'right', bold: strong, ...(strong ? { fontSize: 11 } : { color: colors.quiet }) },
            { text: value, alignment: 'right', bold: strong, noWrap: true, ...(strong ? { fontSize: 11 } : {}) },
          ]),
        },
        layout: 'totals',
      },
    ],
    margin: [0, 10, 0, 0],
  }]
  return [
    ...sums,
    ...sections.map(({ label, value }): Content => ({
      stack: [quiet(label), { text: value }], margin: [0, 10, 0, 0], unbreakable: value.length < longestOnOnePage,
    })),
    ...(paper.closing ? [{ text: paper.closing, margin: [0, 16, 0, 0] } as Content] : []),
    ...(signatures.length > 0 ? [signatureLines(signatures)] : []),
  ]
}

const signatureLines = (labels: readonly string[]): Content => ({
  unbreakable: true,
  columns: labels.map((label) => ({
    stack: [{ canvas: [{ type: 'line' as const, x1: 0, y1: 0, x2: 200, y2: 0, lineWidth: 0.5, lineColor: colors.quiet }] }, { ...quiet(label), margin: [0, 3, 0, 0] as [number, number, number, number] }],
  })),
  margin: [0, 56, 0, 0],
})

const quiet = (text: string) => ({ text, fontSize: 8, color: colors.quiet })
