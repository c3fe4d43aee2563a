import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { root } from '../../config/root.ts'

/* Proves that the rules of .dependency-cruiser.cjs catch what they forbid, on a small tree of the same shape. */

const forbidden: readonly [file: string, imported: string, rule: string][] = [
  ['config/language/a.ts', '../settings.ts', 'language-stands-alone'],
  ['config/below.ts', '../plugins/core/services.ts', 'config-below-the-root'],
  ['config/upwards.ts', './payload.config.ts', 'config-below-the-root'],
  ['config/payload.config.ts', '../admin/panel.ts', 'root-below-the-panel'],
  ['collections/erp/a.ts', '../../workflows/erp/order.ts', 'collections-are-shapes'],
  ['collections/erp/b.ts', '../../plugins/core/services.ts', 'collections-are-shapes'],
  ['workflows/erp/a.ts', '../../collections/erp/orders.ts', 'workflows-are-definitions'],
  ['workflows/erp/b.ts', '../../plugins/core/services.ts', 'workflows-are-definitions'],
  ['plugins/crm/a.ts', '../erp/index.ts', 'plugins-do-not-meet'],
  ['plugins/core/a.ts', '../erp/index.ts', 'plugins-do-not-meet'],
  ['plugins/crm/b.ts', '../../admin/panel.ts', 'plugins-below-the-root'],
  ['plugins/crm/c.ts', '../../config/payload.config.ts', 'plugins-below-the-root'],
  ['admin/a.ts', '../tests/support/help.ts', 'nothing-imports-tests'],
  ['plugins/erp/engine/a.ts', 'payload', 'engines-are-pure'],
  ['plugins/erp/engine/b.ts', 'react', 'engines-are-pure'],
  ['plugins/erp/engine/c.ts', 'node:fs', 'engines-without-node'],
  ['workflows/engine/a.ts', 'node:crypto', 'engines-without-node'],
  ['plugins/erp/engine/d.ts', '../index.ts', 'engines-see-engines'],
  ['plugins/core/b.ts', 'xstate', 'one-importer-of-xstate'],
  ['plugins/erp/driver.ts', 'mongodb', 'drivers-behind-the-port'],
  ['plugins/erp/typo.ts', './nowhere.ts', 'nothing-unresolvable'],
]

const allowed: readonly [file: string, imported: string][] = [
  ['collections/erp/good.ts', '../../config/language/text.ts'],
  ['workflows/erp/good.ts', '../../config/language/text.ts'],
  ['workflows/engine/good.ts', 'xstate'],
  ['plugins/crm/good.ts', '../core/services.ts'],
  ['plugins/crm/shape.ts', '../../collections/erp/orders.ts'],
  ['plugins/erp/engine/good.ts', '../../core/engine/decimal.ts'],
  ['config/plugins.ts', '../plugins/erp/index.ts'],
  ['plugins/core/data/mongodb.ts', 'mongodb'],
  ['admin/good.ts', '../config/payload.config.ts'],
  ['tests/core/good.ts', '../../plugins/erp/index.ts'],
]

const leaves = [
  'config/settings.ts', 'config/language/text.ts', 'plugins/core/services.ts', 'plugins/core/engine/decimal.ts', 'plugins/erp/index.ts',
  'collections/erp/orders.ts', 'workflows/erp/order.ts', 'admin/panel.ts', 'tests/support/help.ts',
]

it('catches every forbidden direction and no allowed one', async () => {
  const tree = mkdtempSync(path.join(tmpdir(), 'trellis-directions-'))
  try {
    write(tree, 'tsconfig.json', '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "allowImportingTsExtensions": true } }')
    for (const name of ['payload', 'react', 'xstate', 'mongodb']) {
      write(tree, `node_modules/${name}/package.json`, `{ "name": "${name}", "main": "index.js" }`)
      write(tree, `node_modules/${name}/index.js`, '')
    }
    for (const file of leaves) write(tree, file, 'export const x = 1\n')
    for (const [file, imported] of [...forbidden, ...allowed]) write(tree, file, `import * as y from '${imported}'\nexport const x = y\n`)

    const violations = await cruise(tree)
    expect(violations.sort()).toEqual(forbidden.map(([file, , rule]) => `${file}: ${rule}`).sort())
  } finally {
    rmSync(tree, { recursive: true })
  }
})

function write(tree: string, file: string, content: string) {
  mkdirSync(path.dirname(path.join(tree, file)), { recursive: true })
  writeFileSync(path.join(tree, file), content)
}

/** The status is that of the number of violations: what counts is the report. */
async function cruise(tree: string): Promise<string[]> {
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [program, '--config', path.join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', 'config', 'collections', 'workflows', 'plugins', 'admin', 'tests']
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: tree, maxBuffer: 1e7 }).catch((error: { stdout: string }) => error)
  const report = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string; severity: string } }[] } }
  return report.summary.violations.filter(({ rule }) => rule.severity === 'error').map(({ from, rule }) => `${from}: ${rule.name}`)
}
