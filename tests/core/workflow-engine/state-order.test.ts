import { expect, it } from 'vitest'
import { opportunity } from '../../../workflows/crm/opportunity.ts'
import { stateOrder } from '../../../workflows/engine/state-order.ts'
import { ticketWorkflow } from '../../support/tickets.ts'

it('columns follow the way from the start; ends come last, what no way leads to too', () => {
  const { review, ...others } = ticketWorkflow.states
  const stuck = { label: { en: 'Stuck', zh: '停滞' } }
  expect(stateOrder({ ...ticketWorkflow, states: { stuck, ...others, review } })).toEqual(['draft', 'review', 'work', 'stuck', 'done'])
  expect(stateOrder(opportunity)).toEqual(['new', 'qualified', 'proposed', 'negotiating', 'lost', 'won'])
  expect(stateOrder({ ...ticketWorkflow, states: { ...ticketWorkflow.states, work: { ...ticketWorkflow.states.work, resting: true } } })).toEqual(['draft', 'review', 'work', 'done'])
})
