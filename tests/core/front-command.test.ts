import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSettings } from '../../config/settings.ts'
import { runFrontCommand } from '../../plugins/core/cli/front-command.ts'
import { startFakeFront, type FakeFront } from '../support/fake-front.ts'

let front: FakeFront
beforeAll(async () => { front = await startFakeFront() })
afterAll(() => front?.stop())

async function publish(file: string) {
  const written: string[] = []
  const status = await runFrontCommand({
    args: ['publish', file], settings: readSettings({ DATA_DIR: front.folder }), boot: () => Promise.reject(new Error('booted')), write: (line) => written.push(line),
  })
  return { status, output: written.join('\n') }
}

function fileOf(name: string, text: string): string {
  const file = path.join(front.folder, name)
  writeFileSync(file, text)
  return file
}

it('says that a file is not valid JSON, or cannot be read, and publishes nothing', async () => {
  const broken = fileOf('broken.json', '{"fields": ')
  expect(await publish(broken)).toEqual({ status: 1, output: expect.stringMatching(/^\S+broken\.json is not valid JSON: .*nothing was published\.$/) as string })
  expect(await publish(`${broken}.none`)).toEqual({ status: 1, output: expect.stringMatching(/^\S+broken\.json\.none could not be read: ENOENT/) as string })
  expect(await (await front.control('GET', '/status')).json()).toMatchObject({ revision: 0 })
})

it('publishes a file that is', async () => {
  const { status, output } = await publish(fileOf('inputs.json', '{"fields": {}}'))
  expect([status, JSON.parse(output)]).toEqual([0, expect.objectContaining({ revision: 1 })])
})
