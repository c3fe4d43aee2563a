import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Permission } from '../../../../config/language/role.ts'
import type { RevisionInputs } from '../../../../config/language/revision.ts'
import type { RunCommand } from '../../cli/command.ts'
import { newId } from '../../commands/context.ts'
import { openStore } from '../../data/open-store.ts'
import { openScratch } from './scratch.ts'
import { walkWorkflow } from './walk-workflow.ts'

/** What the folder of a scratch copy says, in `walk.json`. */
export type WalkOrder = {
  readonly entity: string
  /** What the firm has published, and the workflow that is tried out. */
  readonly inputs: RevisionInputs
  readonly roles: readonly { readonly slug: string; readonly name: string; readonly nameZh: string; readonly basedOn: string | null; readonly permissions: readonly Permission[] }[]
}

/** `npm run walk <folder>`: makes a database in the folder, and nothing anywhere else. A line of JSON for each walk, the last is the report. */
export const runWalk: RunCommand = async ({ args: [folder], boot, write }) => {
  if (folder === undefined) {
    write('walk needs the folder of a scratch copy, with its walk.json.')
    return 2
  }
  const { entity, inputs, roles } = JSON.parse(await readFile(path.join(folder, 'walk.json'), 'utf8')) as WalkOrder
  const file = path.join(folder, 'scratch.db')
  const payload = await boot({ database: { kind: 'sqlite', url: `file:${file}`, file }, dataDir: folder, revision: { number: 0, inputs } })
  const desk = await openScratch(payload)
  const store = openStore(payload)
  for (const { slug, ...role } of roles) {
    const known = await store.findOne('roles', { slug: { equals: slug } })
    if (known) await store.update('roles', known.id, role)
    else await store.insert('roles', { id: newId(), version: 1, slug, ...role, shipped: false })
  }
  const report = await walkWorkflow(payload, desk, entity, { told: (progress) => write(JSON.stringify({ progress })) })
  write(JSON.stringify({ report }))
  return 0
}
