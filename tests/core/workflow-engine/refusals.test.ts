import { expect, test } from 'vitest'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { transition } from '../../../workflows/engine/transition.ts'
import { registry, salesOrder } from './sales-order.ts'

const compiled = compileWorkflow(salesOrder, registry)
const facts = { lineCount: 1, creditLimit: 0, openAmount: 0 }
const send = (event: string, request: { state?: string; roles?: string[]; reason?: string } = {}) =>
  transition(compiled, { state: 'draft', roles: ['salesRep'], document: { total: 0 }, facts, ...request, event })
const refusalOf = (result: ReturnType<typeof send>) => (result.ok ? undefined : result.refusals)

test('an event that the state does not know names the state and what is possible, without what only the platform sends', () => {
  expect(refusalOf(send('submit', { state: 'confirmed' }))).toEqual([{
    code: 'workflow.event-not-possible',
    message: {
      en: '“Submit” is not possible in state “Confirmed”. Possible here: “Change”, “Cancel”.',
      zh: '当前状态为“已确认”，不能执行“提交”。此时可以：“变更”、“取消”。',
    },
  }])
})

test('at the end of its life nothing more is possible', () => {
  expect(refusalOf(send('cancel', { state: 'cancelled', reason: 'again' }))?.[0]?.message).toEqual({
    en: '“Cancel” is not possible in state “Cancelled”. Nothing more is possible here.',
    zh: '当前状态为“已取消”，不能执行“取消”。此状态下已无可执行的操作。',
  })
})

test('a missing role is named as people know it', () => {
  expect(refusalOf(send('approve', { state: 'review' }))).toEqual([{
    code: 'workflow.role-missing',
    message: { en: '“Approve” needs the role “Sales manager”. Ask a colleague who has it.', zh: '“批准”需要以下角色：“销售经理”。请联系拥有该角色的同事处理。' },
  }])
})

test('nobody sends what happens by itself, not even the owner; the platform does', () => {
  expect(refusalOf(send('escalate', { state: 'review', roles: ['owner'] }))).toEqual([{
    code: 'workflow.system-only',
    message: { en: '“Escalate” happens by itself; nobody sends it by hand. Do what leads to it instead.', zh: '“升级处理”由系统自动触发，不能手工执行。请先完成触发它的业务操作。' },
  }])
  expect(send('escalate', { state: 'review', roles: ['system'] }).ok).toBe(true)
})

test('the owner may send all that people may send, the platform only what names it or nobody', () => {
  expect(send('approve', { state: 'review', roles: ['owner'] }).ok).toBe(true)
  expect(send('approve', { state: 'review', roles: ['system'] }).ok).toBe(false)
  expect(send('change', { state: 'confirmed', roles: ['system'] }).ok).toBe(true)
})

test.each([undefined, '', '  \n'])('a required reason is demanded (%j)', (reason) => {
  expect(refusalOf(send('cancel', { reason }))).toEqual([{
    code: 'workflow.reason-required',
    path: 'reason',
    message: { en: '“Cancel” needs a reason. Write one sentence for those who read the history.', zh: '执行“取消”必须填写原因，请用一句话说明，以便日后查阅。' },
  }])
  expect(send('cancel', { reason: 'Customer withdrew' }).ok).toBe(true)
})

test.each(['nonsense', 'constructor', '__proto__', 'toString', '*', 'xstate.init', 'xstate.done.state.workflow', ''])('an event nobody defined (%j) is a refusal, never an exception', (event) => {
  expect(refusalOf(send(event))?.[0]?.code).toBe('workflow.event-unknown')
  expect(refusalOf(send(event))?.[0]?.message.zh).toContain(`“${event}”`)
})
