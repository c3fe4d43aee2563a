import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { createRegistry } from '../../../workflows/engine/registry.ts'

export const productionRegistry = createRegistry({
  guards: [{
    type: 'sampleTaken',
    label: { en: 'Sample taken', zh: '已取样' },
    facts: ['samples'],
    check: ({ facts }) => Number(facts.samples) > 0 || { code: 'qc.no-sample', message: { en: 'No sample was taken. Take one.', zh: '尚未取样，请先取样。' } },
  }],
  actions: [{ type: 'receiveGoods', label: { en: 'Receive goods', zh: '成品入库' } }],
  roles: [{ slug: 'planner', label: { en: 'Planner', zh: '计划员' } }],
})

/** Nested, parallel, with a join: work and inspection go on side by side and both must end. */
export const production = {
  slug: 'production',
  version: 1,
  entity: 'work-orders',
  label: { en: 'Production', zh: '生产' },
  initial: 'planned',
  events: {
    release: { label: { en: 'Release', zh: '下达' } },
    start: { label: { en: 'Start', zh: '开工' } },
    finish: { label: { en: 'Finish', zh: '完工' } },
    accept: { label: { en: 'Accept', zh: '判定合格' } },
    interrupt: { label: { en: 'Interrupt', zh: '中断' } },
    resume: { label: { en: 'Resume', zh: '恢复' } },
    restart: { label: { en: 'Restart', zh: '重新开始' } },
    remind: { label: { en: 'Remind', zh: '提醒' }, roles: ['system'] },
    archive: { label: { en: 'Archive', zh: '归档' } },
  },
  states: {
    planned: { label: { en: 'Planned', zh: '已计划' }, on: { release: { target: 'running' } } },
    running: {
      label: { en: 'Running', zh: '生产中' },
      type: 'parallel',
      editable: true,
      tone: 'waiting',
      after: { P2D: 'remind' },
      on: { interrupt: { target: 'planned' }, remind: {}, restart: { target: 'running' } },
      onDone: { target: 'finished', actions: [{ type: 'receiveGoods' }] },
      states: {
        work: {
          label: { en: 'Work', zh: '加工' },
          initial: 'waiting',
          states: {
            waiting: { label: { en: 'Waiting', zh: '待开工' }, discardable: true, after: { PT4H: 'remind' }, on: { start: { target: 'busy' } } },
            busy: {
              label: { en: 'Busy', zh: '加工中' },
              initial: 'active',
              on: { finish: { target: 'ready' } },
              states: {
                active: { label: { en: 'Active', zh: '进行中' }, on: { interrupt: { target: 'paused' } } },
                paused: { label: { en: 'Paused', zh: '暂停' }, tone: 'warning', on: { resume: { target: 'active' } } },
              },
            },
            ready: { label: { en: 'Ready', zh: '已完工' }, type: 'final' },
          },
        },
        qc: {
          label: { en: 'Inspection', zh: '检验' },
          initial: 'open',
          states: {
            open: { label: { en: 'Open', zh: '待检' }, editable: false, on: { accept: { target: 'passed', guards: [{ type: 'sampleTaken' }] } } },
            passed: { label: { en: 'Passed', zh: '合格' }, type: 'final' },
          },
        },
      },
    },
    finished: { label: { en: 'Finished', zh: '已完成' }, on: { archive: { target: 'archived' } } },
    archived: { label: { en: 'Archived', zh: '已归档' }, type: 'final' },
  },
} satisfies WorkflowDefinition
