import type { Desk, Values } from './desk.ts'
import type { Masters } from './masters.ts'
import type { Scene } from './play-scenes.ts'

/** Quality: a plan for gaskets, a lot that was rejected and sorted out, and one that waits since this morning. */
export function qualityScenes(desk: Desk, masters: Masters): Scene[] {
  return [gaskets(desk, masters)]
}

const characteristics: readonly Values[] = [
  { code: 'T1', name: 'Thickness', nameZh: '厚度', kind: 'measured', nominal: '8.5', lowerLimit: '8.4', upperLimit: '8.6', unit: 'mm', method: 'Calliper 游标卡尺' },
  { code: 'H2', name: 'Hardness', nameZh: '硬度', kind: 'measured', nominal: '70', lowerLimit: '65', upperLimit: '75', unit: 'Shore A', method: 'Durometer 邵氏硬度计' },
  { code: 'F3', name: 'No flash, no cracks', nameZh: '无飞边、无裂纹', kind: 'attribute', method: 'Eye 目视' },
]

/** What the inspector finds of each unit of the sample; the first `soft` are too soft, and leak under pressure. */
function findings(samples: readonly { readonly id: string }[], soft: number): Values[] {
  return samples.map(({ id }, index) => ({
    id, readings: [
      { characteristic: 'T1', measured: (8.46 + ((index * 3) % 9) / 100).toFixed(2) }, { characteristic: 'H2', measured: index < soft ? `6${1 + index}` : String(67 + ((index * 5) % 7)) },
      { characteristic: 'F3', result: 'ok' },
    ],
  }))
}

async function* gaskets(desk: Desk, { parts, suppliers, base }: Masters): Scene {
  const { people: { buyer, storekeeper, inspector, qualityManager }, store, latest, day } = desk
  const order = async (requested: number): Promise<string> => {
    const id = await buyer.create('purchase-orders', { supplier: suppliers.ningbo, site: base.site, requestedDate: day(requested) }, [{ part: parts.gasket, quantity: '100' }])
    await buyer.send('purchase-orders', id, 'submit')
    await buyer.send('purchase-orders', id, 'approve')
    return id
  }
  const arrived = async (purchase: string, note: string): Promise<string> => {
    await storekeeper.send('purchase-orders', purchase, 'receive')
    const receipt = await latest('receipts', 'purchaseOrder', purchase)
    await storekeeper.edit('receipts', receipt, { deliveryNoteNumber: note })
    await storekeeper.send('receipts', receipt, 'post')
    return receipt
  }
  const inspect = async (inspection: string, soft: number): Promise<void> => {
    await inspector.send('inspections', inspection, 'start')
    await inspector.edit('inspections', inspection, {}, findings(await store.find('inspection-samples', { where: { inspection: { equals: inspection } }, sort: 'position' }), soft))
    await inspector.send('inspections', inspection, soft > 0 ? 'reject' : 'accept')
  }

  yield -14
  await qualityManager.create('inspection-plans', {
    code: 'IP-GSK', name: 'Gasket set, incoming 密封圈进货检验', stage: 'incoming', part: parts.gasket, level: 'II', aql: '1.5', characteristics,
    instructions: 'Measure at three places; the figure furthest from the nominal counts. 测三处，取偏离标称值最大者。',
  })
  const first = await order(-7)
  yield -7
  const receipt = await arrived(first, 'NB-66118')
  yield -6
  const inspection = await latest('inspections', 'receipt', receipt)
  await inspect(inspection, 3)
  const nonconformance = await latest('nonconformances', 'inspection', inspection)
  await inspector.send('nonconformances', nonconformance, 'contain')
  yield -5
  await qualityManager.edit('nonconformances', nonconformance, { cause: 'Cured too briefly at the supplier 供方硫化时间不足' }, [
    { disposition: 'return', quantity: '60', reason: 'Replacement agreed 供方同意换货' }, { disposition: 'rework', quantity: '30', reason: 'Cured again in our workshop 本厂二次硫化' },
    { disposition: 'scrap', quantity: '10', reason: 'Torn while sorting 挑选时撕裂' },
  ])
  await qualityManager.send('nonconformances', nonconformance, 'decide')
  yield -3
  await inspect(await latest('inspections', 'nonconformance', nonconformance), 0)
  const second = await order(0)
  yield 0
  await arrived(second, 'NB-66131')
}
