import { expect, test } from 'vitest'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { transitionKeys } from '../../../workflows/engine/paths.ts'
import { statechart } from '../../../workflows/engine/picture.ts'
import { production, productionRegistry } from './production.ts'
import { registry, salesOrder } from './sales-order.ts'

test('each state is a node, each arrow an edge between nodes, under the key that steps report', () => {
  for (const compiled of [compileWorkflow(salesOrder, registry), compileWorkflow(production, productionRegistry)]) {
    const { nodes, edges } = statechart(compiled.definition)
    const ids = new Set(nodes.map(({ id }) => id))
    expect(ids.size).toBe(compiled.nodes.size)
    expect(edges.map(({ id }) => id)).toEqual(transitionKeys(compiled))
    expect(edges.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true)
  }
})

test('nodes and edges carry what is drawn', () => {
  const { nodes, edges } = statechart(salesOrder)
  expect(nodes.find(({ id }) => id === 'review')).toEqual({ id: 'review', label: { en: 'In review', zh: '审核中' }, tone: 'waiting', kind: 'atomic', initial: false })
  expect(edges.find(({ id }) => id === 'states.review.on.escalate')).toEqual({
    id: 'states.review.on.escalate', from: 'review', to: 'review', stays: true, event: 'escalate', label: { en: 'Escalate', zh: '升级处理' },
    tone: 'neutral', primary: false, roles: ['system'], guards: [], actions: [{ type: 'notify', params: { role: 'salesManager' } }], delay: 'reviewTime',
  })
})

test('inner states know where they are, regions are all entered, joins are labelled', () => {
  const { nodes, edges } = statechart(production)
  expect(nodes.filter(({ initial }) => initial).map(({ id }) => id)).toEqual([
    'planned', 'running.work', 'running.work.waiting', 'running.work.busy.active', 'running.qc', 'running.qc.open',
  ])
  expect(nodes.find(({ id }) => id === 'running.qc.passed')).toMatchObject({ parent: 'running.qc', kind: 'final' })
  expect(edges.find(({ id }) => id === 'states.running.onDone')).toMatchObject({ to: 'finished', label: { zh: '内部全部完成' } })
})

test('an unfinished definition is drawn as far as it goes', () => {
  const label = { en: 'L', zh: '标' }
  const { edges } = statechart({ slug: 's', version: 1, entity: 'e', label, initial: 'x', events: {}, states: { a: { label, on: { go: { target: 'gone' }, stay: {} } } } })
  expect(edges.map(({ event, label: text }) => [event, text.en])).toEqual([['stay', 'stay']])
})
