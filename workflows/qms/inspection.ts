import { quantity } from '../../config/language/fields.ts'
import { compare, input } from '../../config/language/references.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'

const inspectors = ['inspector', 'qualityManager'] as const
const judged = (as: 'accept' | 'reject') => ({ type: 'qms.judgement', params: { as } })

/** A lot on hold until its verdict: ISO 2859-1, clauses 7 and 10. */
export const inspection = {
  slug: 'inspection',
  version: 1,
  entity: 'inspections',
  label: { en: 'Inspection', zh: '检验' },
  initial: 'waiting',
  events: {
    start: {
      label: { en: 'Draw the sample', zh: '抽样开检' }, past: 'started', primary: true, roles: inspectors,
      help: { en: 'Takes sample size and severity from the plan and the lots before.', zh: '按检验方案和历史批次确定样本量与检验严格度。' },
    },
    accept: {
      label: { en: 'Accept lot', zh: '接收' }, past: 'accepted', primary: true, tone: 'good', roles: inspectors,
      help: { en: 'Releases the stock; units found nonconforming are set aside.', zh: '放行库存，样本中的不合格品另行处理。' },
      input: [quantity('setAside', { en: 'Set aside', zh: '剔除数量' }, {
        min: 0, help: { en: 'Nonconforming units that do not go to stock. Empty: as many as were found.', zh: '不入可用库存的不合格品数量；留空则为检出数。' },
      })],
    },
    reject: {
      label: { en: 'Reject lot', zh: '拒收' }, past: 'rejected', tone: 'bad', roles: inspectors,
      help: { en: 'Blocks the stock and opens a nonconformance.', zh: '冻结库存并生成不合格品处理单。' },
    },
    acceptPart: {
      label: { en: 'Accept a part', zh: '部分接收' }, past: 'partly-accepted', tone: 'warning', reason: 'required', roles: inspectors,
      help: { en: 'After sorting: what is good is released, the rest is blocked.', zh: '挑选后放行合格部分，其余冻结。' },
      input: [quantity('acceptedQuantity', { en: 'Accepted', zh: '接收数量' }, { required: true, min: 0 })],
    },
    waive: {
      label: { en: 'Release without inspection', zh: '免检放行' }, past: 'waived', tone: 'warning', reason: 'required', roles: ['qualityManager'],
    },
  },
  states: {
    waiting: {
      label: { en: 'Waiting', zh: '待检' }, tone: 'waiting', editable: true, discardable: true,
      on: {
        start: { target: 'inspecting', guards: [{ type: 'qms.planReady' }, { type: 'qms.notDiscontinued' }], actions: [{ type: 'qms.drawSample' }] },
        waive: { target: 'waived', actions: [{ type: 'qms.releaseLot' }] },
      },
    },
    inspecting: {
      label: { en: 'Being inspected', zh: '检验中' }, tone: 'waiting', editable: true,
      on: {
        accept: { target: 'accepted', guards: [judged('accept')], actions: [{ type: 'qms.acceptLot' }] },
        reject: { target: 'rejected', guards: [judged('reject')], actions: [{ type: 'qms.rejectLot' }] },
        acceptPart: {
          target: 'partlyAccepted',
          guards: [judged('reject'), compare({
            left: input('acceptedQuantity'), operator: '>', right: 0,
            refusal: { en: 'Nothing is accepted. Enter what is good, or reject the lot.', zh: '接收数量为零。请填写合格数量，或整批拒收。' },
          })],
          actions: [{ type: 'qms.acceptPart' }],
        },
      },
    },
    accepted: { label: { en: 'Accepted', zh: '已接收' }, tone: 'good', type: 'final' },
    partlyAccepted: { label: { en: 'Partly accepted', zh: '部分接收' }, tone: 'warning', type: 'final' },
    rejected: { label: { en: 'Not accepted', zh: '已拒收' }, tone: 'bad', type: 'final' },
    waived: { label: { en: 'Released without inspection', zh: '免检放行' }, tone: 'neutral', type: 'final' },
  },
} satisfies WorkflowDefinition
