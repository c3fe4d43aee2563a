import type { Arranger } from '../core/workflow/walks/arranger.ts'
import type { Desk } from '../core/workflow/walks/desk.ts'

/** How versions come about, and what supersedes one: the release of the next. */
export const mrpArrangers: readonly Arranger[] = [
  {
    entity: 'bom-versions',
    make: async (desk) => desk.make('bom-versions', { part: await newPart(desk) }, [{ part: await newPart(desk), quantity: '2' }]),
    before: { supersede: async (desk, { document }) => releaseNext(desk, 'bom-versions', String(document.part), [{ part: await newPart(desk), quantity: '3' }]) },
  },
  {
    entity: 'routings',
    make: async (desk) => desk.make('routings', { part: await newPart(desk) }, [await newOperation(desk)]),
    before: { supersede: async (desk, { document }) => releaseNext(desk, 'routings', String(document.part), [await newOperation(desk)]) },
  },
]

let count = 0
const unused = () => `W-${Date.now().toString(36)}-${(count += 1)}`

const newPart = (desk: Desk): Promise<string> => desk.make('parts', { partNumber: unused(), name: 'Tried out' })

const newOperation = async (desk: Desk) => ({ workCentre: await desk.make('work-centres', { code: unused(), name: 'Tried out' }), runMinutes: '3' })

async function releaseNext(desk: Desk, entity: 'bom-versions' | 'routings', part: string, lines: readonly Readonly<Record<string, unknown>>[]): Promise<void> {
  const id = await desk.make(entity, { part }, lines)
  await desk.send(entity, id, 'submit')
  await desk.send(entity, id, 'release')
}
