import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { detectEncoding } from '../../plugins/core/imports/detect-encoding.ts'
import { detectCsv } from '../../plugins/core/imports/take-in-csv.ts'

let folder: string
beforeAll(async () => { folder = await mkdtemp(path.join(tmpdir(), 'trellis-encoding-')) })
afterAll(() => rm(folder, { recursive: true, force: true }))

type Chinese = 'gb18030' | 'big5'

/** Bytes of each character that an encoding writes with two. */
function bytesByCharacter(encoding: Chinese): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder(encoding)
  const found = new Map<string, readonly number[]>()
  for (let first = 0x81; first < 0xff; first++) {
    for (let second = 0x40; second < 0xff; second++) {
      const character = decoder.decode(new Uint8Array([first, second]))
      if ([...character].length === 1 && !found.has(character)) found.set(character, [first, second])
    }
  }
  return found
}
const known = { gb18030: bytesByCharacter('gb18030'), big5: bytesByCharacter('big5') }
const encoded = (text: string, encoding: Chinese): Uint8Array => Uint8Array.from([...text].flatMap((character) =>
  (character < '\x80' ? [character.charCodeAt(0)] : known[encoding].get(character) ?? expect.fail(`${encoding} has no ${character}`))))

describe('the encoding of a Chinese file', () => {
  it.each<[Chinese, string]>([
    ['big5', 'number,name,country\nB5-1,臺灣自行車行,TW\nB5-2,高雄鐵馬,TW\n'], ['big5', '料號,品名,單位\nA-1,六角螺絲,個\n'], ['big5', '王小明'], ['big5', '客戶'], ['big5', '（股）'],
    ['big5', '供應商名稱：永豐精密工業股份有限公司，聯絡人：陳怡君。付款條件：月結三十天，請於每月五日前對帳。'],
    ['gb18030', '物料编码,名称,单位\nA-1,六角螺丝,个\n'], ['gb18030', '名称'], ['gb18030', '客户'], ['gb18030', '李珺'], ['gb18030', '鑫淼'], ['gb18030', '（股）'],
    ['gb18030', 'number,name\n1,钢管 Φ8×30\n2,铝板 2㎡\n3,电阻 5Ω\n4,垫圈 M6–M8 ①\n'],
    ['gb18030', '供应商名称：永丰精密工业股份有限公司，联系人：陈怡君。付款条件：月结三十天，请于每月五日前对账。'],
    ['gb18030', '料號,品名,單位\nA-1,六角螺絲,個\nA-2,臺灣自行車行,輛\n'],
  ])('%s: %s', (encoding, text) => expect(detectEncoding(encoded(text, encoding))).toBe(encoding))

  it('is known by any three names', () => {
    const regions = 'AE AR AT AU BE BG BR CA CH CL CN CO CZ DE DK EG ES FI FR GB GR HK HU ID IE IL IN IT JP KR MX MY NL NO NZ PE PH PL PT RO RU SA SE SG TH TR TW UA US VN ZA'.split(' ')
    const wrong = (language: string, encoding: Chinese) => {
      const names = new Intl.DisplayNames(language, { type: 'region' })
      const triples = regions.map((_, index) => [0, 7, 19].map((step) => names.of(regions[(index + step) % regions.length] ?? '')).join('\n'))
      return triples.filter((text) => detectEncoding(encoded(text, encoding)) !== encoding)
    }
    expect(wrong('zh-Hans', 'gb18030')).toEqual([])
    expect(wrong('zh-Hant', 'big5')).toEqual([])
  })

  it('does not make a Western text Chinese', () => {
    for (const text of ['Müller', 'Müller;Größe;Höhe\n', 'Äpfel', 'Société Générale;Crédit', 'Señor Peña']) expect(detectEncoding(Buffer.from(text, 'latin1')), text).toBe('windows-1252')
  })

  const far = `number,name\n${'1,x\n'.repeat(70_000)}`
  it.each<[string, Uint8Array, string, boolean]>([
    ['big5', encoded('number,name\nB5-1,臺灣自行車行\n', 'big5'), 'big5', true], ['gb', encoded('number,name\nG-1,上海自行车行\n', 'gb18030'), 'gb18030', true],
    ['utf', Buffer.from('number,name\nU-1,上海自行车行\n'), 'utf-8', false], ['ascii', Buffer.from('number,name\n1,x\n'), 'utf-8', false],
    ['far', Buffer.concat([Buffer.from(far), encoded('B5-1,臺灣自行車行\n', 'big5')]), 'big5', true], ['far-gb', Buffer.concat([Buffer.from(far), encoded('G-1,上海自行车行\n', 'gb18030')]), 'gb18030', true],
  ])('is said to be a guess where it is one, wherever its characters stand (%s)', async (name, bytes, encoding, isEncodingGuessed) => {
    const file = path.join(folder, name)
    await writeFile(file, bytes)
    expect(await detectCsv(file, {})).toMatchObject({ encoding, isEncodingGuessed })
    expect(await detectCsv(file, { encoding: 'big5' })).toMatchObject({ encoding: 'big5', isEncodingGuessed: false })
  })
})
