import { readFileSync, utimesSync } from 'node:fs'
import http from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uploadFiles } from '../../plugins/core/uploads/upload-files.ts'
import { startFakeFront, type FakeFront } from '../support/fake-front.ts'

let front: FakeFront
beforeAll(async () => { front = await startFakeFront({ UPLOAD_LIMIT_MB: '1', BODY_LIMIT_MB: '1' }) })
afterAll(() => front.stop())

const ann = { authorization: 'ann', 'tus-resumable': '1.0.0' }
const ben = { authorization: 'ben', 'tus-resumable': '1.0.0' }
const octets = { 'content-type': 'application/offset+octet-stream' }
const ask = (method: string, address: string, headers: Record<string, string>, body?: Buffer) => fetch(front.url + address, { method, headers, ...(body && { body: new Uint8Array(body) }) })
const begin = async (length: number, headers: Record<string, string> = ann) => {
  const answer = await ask('POST', '/uploads', { ...headers, 'upload-length': String(length), 'upload-metadata': `filename ${Buffer.from('../年度/order list.csv').toString('base64')}` })
  expect(answer.status).toBe(201)
  return answer.headers.get('location') ?? ''
}
const idOf = (address: string) => address.replace('/uploads/', '')

describe('an upload in parts', () => {
  it('goes on where it stood, through a replaced application and a broken connection, and is whole at the end', async () => {
    const content = Buffer.from(Array.from({ length: 600_000 }, (_, index) => 65 + (index % 26)))
    const address = await begin(content.length)
    const first = await ask('PATCH', address, { ...ann, ...octets, 'upload-offset': '0' }, content.subarray(0, 200_000))
    expect([first.status, first.headers.get('upload-offset')]).toEqual([204, '200000'])
    await front.control('POST', '/restart')
    await broken(address, content.subarray(200_000, 300_000))
    await expect.poll(async () => Number((await ask('HEAD', address, ann)).headers.get('upload-offset'))).toBeGreaterThan(200_000)
    const { headers } = await ask('HEAD', address, ann)
    const offset = Number(headers.get('upload-offset'))
    expect(headers.get('upload-length')).toBe('600000')
    expect((await ask('PATCH', address, { ...ann, ...octets, 'upload-offset': String(offset) }, content.subarray(offset))).status).toBe(204)
    const upload = await uploadFiles(front.folder).find(idOf(address), 'ann')
    expect(upload).toMatchObject({ name: '..年度order list.csv', length: 600_000, received: 600_000 })
    expect(readFileSync(upload?.file ?? '').equals(content)).toBe(true)
  })

  it('is its owner’s alone', async () => {
    const address = await begin(10)
    for (const method of ['HEAD', 'PATCH', 'DELETE']) expect((await ask(method, address, { ...ben, ...octets, 'upload-offset': '0' })).status).toBe(404)
    expect((await ask('POST', '/uploads', { 'tus-resumable': '1.0.0', 'upload-length': '1' })).status).toBe(401)
    expect((await ask('GET', address, ann)).status).toBe(405)
    expect((await ask('DELETE', address, ann)).status).toBe(204)
    expect((await ask('HEAD', address, ann)).status).toBe(404)
  })

  it('is refused as the application refuses who may use no file', async () => {
    const answer = await ask('POST', '/uploads', { ...ann, authorization: 'reader', 'upload-length': '1' })
    expect([answer.status, await answer.json()]).toEqual([403, { errors: [{ name: 'forbidden', message: 'No right. 无权。', data: { code: 'forbidden', status: 403, message: { en: 'No right.', zh: '无权。' } } }] }])
  })

  it.each([
    ['no version of the protocol', 'POST', { authorization: 'ann', 'upload-length': '1' }, 412, /tus 1\.0\.0/],
    ['no length', 'POST', ann, 400, /Upload-Length/],
    ['a negative length', 'POST', { ...ann, 'upload-length': '-1' }, 400, /Upload-Length/],
    ['a file that is too large', 'POST', { ...ann, 'upload-length': '1048577' }, 413, /larger than 1 MB \(UPLOAD_LIMIT_MB\)/],
    ['another place', 'PATCH', { ...ann, ...octets, 'upload-offset': '5' }, 409, /Ask with HEAD/],
    ['another type', 'PATCH', { ...ann, 'upload-offset': '0' }, 415, /offset\+octet-stream/],
    ['more than announced', 'PATCH', { ...ann, ...octets, 'upload-offset': '0' }, 413, /beyond the length/],
  ] satisfies [string, string, Record<string, string>, number, RegExp][])('refuses %s', async (_, method, headers, status, reason) => {
    const address = method === 'POST' ? '/uploads' : await begin(3)
    const answer = await ask(method, address, headers, method === 'PATCH' ? Buffer.alloc(4) : undefined)
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringMatching(reason)])
  })

  it('is refused when its name or its content is of no allowed type', async () => {
    const named = (name: string) => ask('POST', '/uploads', { ...ann, 'upload-length': '5', 'upload-metadata': `filename ${Buffer.from(name).toString('base64')}` })
    for (const name of ['page.html', 'picture.svg', 'run.exe', 'none']) expect((await named(name)).status, name).toBe(415)
    const address = (await named('paper.pdf')).headers.get('location') ?? ''
    const answer = await ask('PATCH', address, { ...ann, ...octets, 'upload-offset': '0' }, Buffer.from('<html'))
    expect([answer.status, await answer.text()]).toEqual([415, expect.stringContaining('named .pdf, but its content is something else')])
    expect((await ask('HEAD', address, ann)).status).toBe(404)
  })

  it('never reaches outside its folder', async () => {
    for (const id of ['..%2Ffront', '../front', '%00', 'front', 'x'.repeat(500)]) expect((await ask('HEAD', `/uploads/${id}`, ann)).status).toBe(404)
  })

  it('expires: unfinished after a day, finished after a week', async () => {
    const files = uploadFiles(front.folder)
    const [open, done] = [await files.create({ owner: 'eve', name: 'a', length: 5 }), await files.create({ owner: 'eve', name: 'b', length: 0 })]
    const aged = (days: number, { file }: { file: string }) => utimesSync(file, new Date(), new Date(Date.now() - days * 86_400_000))
    const left = async () => (await files.ofOwner('eve')).map(({ name }) => name)
    aged(0.9, open)
    aged(6.9, done)
    await files.sweep()
    expect((await left()).sort()).toEqual(['a', 'b'])
    aged(1.1, open)
    await files.sweep()
    expect(await left()).toEqual(['b'])
    aged(7.1, done)
    await files.sweep()
    expect(await left()).toEqual([])
  })
})

/** Sends a part and breaks the connection before its end. */
function broken(address: string, part: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const request = http.request(front.url + address, { method: 'PATCH', headers: { ...ann, ...octets, 'upload-offset': '200000', 'content-length': String(part.length + 50_000) } })
    request.on('error', () => resolve())
    request.write(part, () => setTimeout(() => request.destroy(), 100))
    request.on('close', () => resolve())
  })
}
