import type { WorkflowDefinition } from '../../config/language/workflow.ts'

/** Severity of inspection of a series of lots: ISO 2859-1, 9.3 and 9.4. The rules themselves are `plugins/qms/engine/switching.ts`. */
export const samplingSeriesLife = {
  slug: 'sampling-series',
  version: 1,
  entity: 'sampling-series',
  label: { en: 'Severity of inspection', zh: '检验严格度转移' },
  initial: 'normal',
  events: {
    tighten: { label: { en: 'Tighten', zh: '转为加严' }, past: 'tightened', tone: 'warning', roles: ['system'] },
    normalise: { label: { en: 'Back to normal', zh: '恢复正常' }, past: 'normalised', tone: 'good', roles: ['system'] },
    reduce: { label: { en: 'Reduce', zh: '转为放宽' }, past: 'reduced', tone: 'good', roles: ['system'] },
    discontinue: { label: { en: 'Discontinue', zh: '暂停检验' }, past: 'discontinued', tone: 'bad', roles: ['system'] },
    resume: {
      label: { en: 'Resume as tightened', zh: '恢复加严检验' }, past: 'resumed', primary: true, reason: 'required', roles: ['qualityManager'],
      help: { en: 'The supplier has improved the process.', zh: '供方已采取有效的改进措施。' },
    },
  },
  states: {
    normal: {
      label: { en: 'Normal', zh: '正常检验' }, tone: 'neutral', resting: true,
      on: { tighten: { target: 'tightened' }, reduce: { target: 'reduced' } },
    },
    tightened: {
      label: { en: 'Tightened', zh: '加严检验' }, tone: 'warning', resting: true,
      on: { normalise: { target: 'normal' }, discontinue: { target: 'discontinued' } },
    },
    reduced: { label: { en: 'Reduced', zh: '放宽检验' }, tone: 'good', resting: true, on: { normalise: { target: 'normal' } } },
    discontinued: { label: { en: 'Discontinued', zh: '暂停检验' }, tone: 'bad', resting: true, on: { resume: { target: 'tightened' } } },
  },
} satisfies WorkflowDefinition
