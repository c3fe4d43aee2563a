import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { crmWorkflows } from '../../workflows/crm/workflows.ts'
import { erpWorkflows } from '../../workflows/erp/workflows.ts'
import { mrpWorkflows } from '../../workflows/mrp/workflows.ts'
import { qmsWorkflows } from '../../workflows/qms/workflows.ts'

const pages = ['erp', 'crm', 'mrp', 'qms'].map((system) => readFileSync(new URL(`../../workflows/${system}/README.md`, import.meta.url), 'utf8')).join('\n')
const documented = new Set([...pages.matchAll(/^\| `([a-z]+\.[A-Za-z]+)` \|/gm)].map(([, name]) => name))
const used = new Set([...crmWorkflows, ...erpWorkflows, ...mrpWorkflows, ...qmsWorkflows].flatMap(({ states }) => Object.values(states)).flatMap(({ on, after }) => [
  ...Object.values(on ?? {}).flatMap((transitions) => transitions)
    .flatMap(({ guards = [], actions = [] }) => [...guards, ...actions].map(({ type }) => type)),
  ...Object.keys(after ?? {}).filter((delay) => delay.includes('.')),
]))

it('every guard, action and delay of a workflow stands in a table of its README, and no table names one that is gone', () => {
  expect([...documented].sort()).toEqual([...used].sort())
})
