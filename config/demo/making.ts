import type { Desk, Values } from './desk.ts'
import type { Masters } from './masters.ts'
import type { Scene } from './play-scenes.ts'

/** How the two-group machine is made: a bill of two levels, routings, and a revision that waits for its release. */
export function makingScenes(desk: Desk, masters: Masters): Scene[] {
  return [machineDesign(desk, masters)]
}

async function* machineDesign({ people: { owner }, day, latest }: Desk, { base, parts }: Masters): Scene {
  yield -70
  const released = async (entity: string, values: Values, lines: readonly Values[]) => {
    const id = await owner.create(entity, { validFrom: day(-70), ...values }, lines)
    await owner.send(entity, id, 'submit')
    await owner.send(entity, id, 'release')
    return id
  }
  const bench = await owner.create('work-centres', { code: 'WC-PRE', name: 'Preassembly bench', nameZh: '预装工作台', site: base.site, labourRate: '42', overheadRate: '18', hoursPerDay: '16' })
  const line = await owner.create('work-centres', { code: 'WC-ASM', name: 'Final assembly', nameZh: '总装线', site: base.site, labourRate: '46', overheadRate: '26', hoursPerDay: '24' })
  const test = await owner.create('work-centres', { code: 'WC-TST', name: 'Test stand', nameZh: '测试台', site: base.site, labourRate: '48', overheadRate: '35', hoursPerDay: '8' })

  await released('bom-versions', { part: parts.brewUnit, revision: '1' }, [
    { part: parts.groupHead, quantity: '2', operation: 10 }, { part: parts.boiler, quantity: '1', operation: 20 }, { part: parts.gasket, quantity: '2', scrapPercent: '2', operation: 20 },
  ])
  await released('routings', { part: parts.brewUnit, revision: '1', batchQuantity: '10' }, [
    { workCentre: bench, description: 'Mount group heads 安装冲煮头', setupMinutes: '20', runMinutes: '18' }, { workCentre: bench, description: 'Fit boiler, leak test 装锅炉、检漏', setupMinutes: '10', runMinutes: '25' },
  ])
  const machine = await released('bom-versions', { part: parts.duo, revision: '1' }, [
    { part: parts.housing, quantity: '1', operation: 10 }, { part: parts.brewUnit, quantity: '1', operation: 10 }, { part: parts.pump, quantity: '2', operation: 20 },
    { part: parts.board, quantity: '1', operation: 20 }, { part: parts.gasket, quantity: '1', operation: 20 }, { part: parts.carton, quantity: '1', operation: 40 },
  ])
  await released('routings', { part: parts.duo, revision: '1', batchQuantity: '5' }, [
    { workCentre: line, description: 'Housing and brew unit 机壳与总成', setupMinutes: '30', runMinutes: '75' }, { workCentre: line, description: 'Pumps, board, wiring 泵、主板、布线', runMinutes: '90' },
    { workCentre: test, description: 'Pressure and brew test 压力与冲煮测试', setupMinutes: '15', runMinutes: '40' }, { workCentre: line, description: 'Pack 包装', runMinutes: '15' },
  ])
  yield -2
  await owner.send('bom-versions', machine, 'revise')
  const next = await latest('bom-versions', 'revises', machine)
  await owner.edit('bom-versions', next, { validFrom: day(14), changeReason: 'One stronger pump instead of two 单泵替代双泵' }, [
    { part: parts.housing, quantity: '1', operation: 10 }, { part: parts.brewUnit, quantity: '1', operation: 10 }, { part: parts.pump, quantity: '1', operation: 20 },
    { part: parts.board, quantity: '1', operation: 20 }, { part: parts.gasket, quantity: '2', operation: 20 }, { part: parts.carton, quantity: '1', operation: 40 },
  ])
  await owner.send('bom-versions', next, 'submit')
}
