import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { crmEntities } from '../../collections/crm/entities.ts'
import { erpEntities } from '../../collections/erp/entities.ts'
import { mrpEntities } from '../../collections/mrp/entities.ts'
import { settingsSchema } from '../../config/settings.ts'
import { crmWorkflows } from '../../workflows/crm/workflows.ts'
import { erpWorkflows } from '../../workflows/erp/workflows.ts'
import { mrpWorkflows } from '../../workflows/mrp/workflows.ts'
import { qmsEntities } from '../../collections/qms/entities.ts'
import { qmsWorkflows } from '../../workflows/qms/workflows.ts'

const readme = readFileSync('README.md', 'utf8')
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }

describe('the README', () => {
  it('lists every setting with its default and the words of its schema', () => {
    const rows = Object.entries(settingsSchema.shape).map(([name, field]) => {
      // What is absent is asked of each field by itself: some have no default, and say in words what happens then.
      const usual = field.safeParse(undefined).data
      return `| \`${name}\` | ${usual === undefined ? '–' : `\`${String(usual)}\``} | ${field.description} |`
    })
    const [, table = ''] = readme.split('| name | default | meaning |\n|---|---|---|\n')
    expect(table.split('\n\n')[0]?.split('\n')).toEqual(rows)
  })

  it('names only commands and files that exist', () => {
    for (const [, name = ''] of readme.matchAll(/npm (?:run )?(up|test|import|verify|dev|generate)\b/g)) expect(scripts).toHaveProperty(name)
    for (const [, target = ''] of readme.matchAll(/\]\((?!https?:)([^)]+)\)/g)) expect(existsSync(path.resolve(target)), target).toBe(true)
  })

  it('fits on two pages', () => {
    expect(readme.split('\n').length).toBeLessThan(110)
  })
})

describe('the page of a system', () => {
  it.each([['crm', crmEntities, crmWorkflows], ['erp', erpEntities, erpWorkflows], ['mrp', mrpEntities, mrpWorkflows], ['qms', qmsEntities, qmsWorkflows]] as const)('docs/%s.md names every entity and every state of its documents', (system, entities, workflows) => {
    const page = readFileSync(`docs/${system}.md`, 'utf8')
    for (const { slug, kind } of entities) if (kind !== 'line') expect(page).toContain(`\`${slug}\``)
    for (const { entity, states } of workflows) {
      const row = page.split('\n').find((line) => line.includes(`\`${entity}\``)) ?? ''
      if (row.startsWith('|') && row.split('|').length === 5) for (const state of Object.keys(states)) expect(row).toContain(state)
    }
  })
})
