import { describe, expect, it } from 'vitest'
import { problemOfBytes, problemOfName } from '../../plugins/core/uploads/upload-types.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89])
const pdf = bytes('%PDF-1.7\n%âãÏÓ\n')

describe('an uploaded file', () => {
  it('has an ending that is allowed', () => {
    expect(problemOfName('订单.CSV', ['csv', 'pdf'])).toBeUndefined()
    for (const name of ['a.exe', 'a.csv.html', 'a', 'constructor', 'a.svg']) expect(problemOfName(name, ['csv', 'pdf'])?.en, name).toContain('Send one of: csv, pdf.')
  })

  it('is what its name says', async () => {
    for (const [name, head] of [['a.png', png], ['a.pdf', pdf], ['a.csv', bytes('编号;名称\n1;螺栓\n')], ['a.txt', new Uint8Array([0xff, 0xfe, 0x41, 0, 0x3b, 0])], ['a.csv', bytes('')]] as const) {
      expect(await problemOfBytes(name, head), name).toBeUndefined()
    }
  })

  it.each([
    ['a.csv', png], ['a.txt', pdf], ['a.png', pdf], ['a.pdf', bytes('no paper')], ['a.xlsx', bytes('a;b')], ['a.csv', new Uint8Array([1, 0, 2, 0, 3])],
    ['a.csv', bytes('  <!DOCTYPE html><script>')], ['a.txt', bytes('<svg onload=alert(1)>')], ['a.csv', bytes('MZ\u0090\0\u0003')],
  ])('is refused as %s when it is something else', async (name, head) => {
    expect((await problemOfBytes(name, head))?.zh).toContain('内容却不符')
  })
})
