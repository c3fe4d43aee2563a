import { wants, type Arranger } from '../core/workflow/walks/arranger.ts'
import type { Desk } from '../core/workflow/walks/desk.ts'

/** How inspections and nonconformances come about, and what is found in samples. */
export const qmsArrangers: readonly Arranger[] = [
  {
    entity: 'inspections',
    make: async (desk) => desk.make('inspections', { plan: await plan(desk), quantity: '20' }),
    before: {
      accept: (desk, { id }) => inspect(desk, id, 'ok'),
      reject: (desk, { id }) => inspect(desk, id, 'nok'),
      acceptPart: async (desk, { id, step }) => {
        if (wants(step, 'qms.judgement')) await inspect(desk, id, 'nok')
        return { input: { acceptedQuantity: '5' }, reason: 'Tried out' }
      },
    },
  },
  {
    entity: 'nonconformances',
    make: async (desk) => {
      const { part } = await desk.get('inspection-plans', await plan(desk))
      return desk.make('nonconformances', { part, quantity: '2' }, [{ disposition: 'scrap', quantity: '2' }])
    },
  },
  {
    entity: 'sampling-series',
    make: async (desk) => desk.make('sampling-series', { plan: await plan(desk) }),
  },
]

let plans = 0

async function plan(desk: Desk): Promise<string> {
  const part = await desk.sample({ name: 'part', type: 'relation', to: 'parts', label: { en: 'Part', zh: '物料' } })
  return desk.make('inspection-plans', { code: `W-${(plans += 1)}`, name: 'Tried out', stage: 'final', part, characteristics: [{ name: 'Finish', kind: 'attribute' }] })
}

async function inspect(desk: Desk, id: string, result: 'ok' | 'nok'): Promise<void> {
  const samples = await desk.from('inspection-samples', 'inspection', id)
  await desk.edit('inspections', id, {}, samples.map((sample) => ({ id: sample.id, readings: [{ characteristic: '1', result }] })))
}
