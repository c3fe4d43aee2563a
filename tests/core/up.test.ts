import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { root } from '../../config/root.ts'

it.each(['12.22.12', '18.20.8', '20.18.3'])('tells in one sentence that Node %s is too old', (version) => {
  const pretend = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', pretend, 'admin/server/up.mjs'], { cwd: root, encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toBe(`Trellis needs Node 20.19 or newer and this is Node ${version}: install a newer one from https://nodejs.org and run \`npm run up\` again.\n`)
})
