import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readCsv } from '../../plugins/core/import/csv.ts'
import type { RowProblem } from '../../plugins/core/import/importer.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(path.join(tmpdir(), 'trellis-csv-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

async function read(text: string) {
  await writeFile(path.join(folder, 'f.csv'), text)
  const problems: RowProblem[] = []
  const rows: string[] = []
  for await (const { row, values } of readCsv({ folder, file: 'f.csv', columns: ['id', 'name'], report: (problem) => problems.push(problem) })) {
    rows.push(`${row}: ${values.id} ${values.name}`)
  }
  return { rows, bad: problems.map(({ row, value }) => `${row}: ${value}`), messages: problems.map(({ message }) => message.en) }
}

it('reads quotes, commas and quotes in values, the mark of UTF-8, line ends of both kinds and a last line without end', async () => {
  const { rows, bad } = await read('\uFEFFid,name\r\n1,"A ""big"", red one"\r\n\r\n2, B \n3,C')
  expect(rows).toEqual(['2: 1 A "big", red one', '4: 2 B', '5: 3 C'])
  expect(bad).toEqual([])
})

it('takes a quote that is not closed as a fault of its line alone, each time', async () => {
  const { rows, bad, messages } = await read('id,name\n1,"open\n2,B\n3,C\n4,"open again\n5,"E"\n6,"closed" too early\n7,G\n')
  expect(rows).toEqual(['3: 2 B', '4: 3 C', '6: 5 E', '8: 7 G'])
  expect(bad).toEqual(['2: 1,open', '5: 4,open again', expect.stringMatching(/^7: 6,/)])
  for (const message of messages) expect(message).toMatch(/Close each quote in its line/)
})

it('goes on over the pieces in which a long file is read', async () => {
  const lines = Array.from({ length: 60_000 }, (_, index) => `${index},Teil ä €`)
  const { rows, bad } = await read(`id,name\n${lines.join('\n')}`)
  expect(rows).toHaveLength(60_000)
  expect(rows.at(-1)).toBe('60001: 59999 Teil ä €')
  expect(bad).toEqual([])
})

it.each([
  ['', /^The file is empty.*id, name/],
  ['\n', /^The header line lacks id, name/],
  ['id;name\n1;A\n', /^The header line lacks id, name.*first line/],
])('reports %j as one problem of the file', async (text, sentence) => {
  const { rows, messages } = await read(text)
  expect(rows).toEqual([])
  expect(messages).toEqual([expect.stringMatching(sentence)])
})
