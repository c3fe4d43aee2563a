// Runs in a worker thread: laying out a page and subsetting fonts takes 50–500 ms of CPU. Plain JavaScript, because
// the same file serves the development server, the tests and the built server.
import pdfmake from 'pdfmake'
import { workerData } from 'node:worker_threads'

const fonts = workerData.fonts
pdfmake.setFonts({ Noto: { normal: fonts.normal, bold: fonts.bold, italics: fonts.normal, bolditalics: fonts.bold } })
// A text of a document never makes the server fetch or read anything: only the two font files are read.
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => path === fonts.normal || path === fonts.bold)

const side = 42

/** @param {import('./layout.ts').PdfJob} job @returns {Promise<Uint8Array>} */
export default async function renderJob({ definition, footer, runningHead, colors }) {
  pdfmake.setTableLayouts(tableLayouts(colors))
  const small = { fontSize: 7.5, color: colors.quiet }
  const buffer = await pdfmake.createPdf({
    ...definition,
    header: (page) => page === 1 ? null : {
      columns: [{ text: runningHead.left, ...small }, { text: runningHead.right, alignment: 'right', ...small }],
      margin: [side, 26, side, 0],
    },
    footer: (page, pages) => ({
      stack: [
        { canvas: [{ type: 'line', x1: 0, y1: 0, x2: 595.28 - 2 * side, y2: 0, lineWidth: 0.5, lineColor: colors.rule }] },
        {
          columns: [
            { width: '*', text: footer.left, ...small },
            { width: 'auto', text: footer.pageLabel.replace('{page}', page).replace('{pages}', pages), alignment: 'right', ...small },
          ],
          columnGap: 12, margin: [0, 5, 0, 0],
        },
      ],
      margin: [side, 22, side, 0],
    }),
  }).getBuffer()
  return new Uint8Array(buffer)
}

function tableLayouts({ rule, band, accent, ink }) {
  const none = () => 0
  return {
    letterhead: {
      hLineWidth: (line, node) => line === node.table.body.length ? 1.2 : 0, vLineWidth: none, hLineColor: () => accent,
      paddingLeft: none, paddingRight: none, paddingTop: none, paddingBottom: () => 8,
    },
    facts: {
      hLineWidth: none, vLineWidth: none,
      paddingLeft: (column) => column === 0 ? 0 : 10, paddingRight: none, paddingTop: () => 0.5, paddingBottom: () => 1.5,
    },
    lines: {
      hLineWidth: (line) => line === 0 ? 0 : 0.5, vLineWidth: none, hLineColor: (line) => line === 1 ? ink : rule,
      fillColor: (row) => row === 0 ? band : null,
      paddingLeft: () => 5, paddingRight: () => 5, paddingTop: () => 4, paddingBottom: () => 4,
    },
    totals: {
      hLineWidth: (line, node) => line > 0 && node.table.body[line]?.[0].bold ? 0.7 : 0, vLineWidth: none, hLineColor: () => ink,
      paddingLeft: () => 14, paddingRight: (column) => column === 1 ? 5 : 0, paddingTop: () => 3, paddingBottom: () => 3,
    },
  }
}
