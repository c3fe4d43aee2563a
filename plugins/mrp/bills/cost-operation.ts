import type { CommandContext } from '../../core/commands/context.ts'
import { hiddenFields, requireRight } from '../../core/access/can.ts'
import { groupBy } from '../../core/engine/group-by.ts'
import { fail } from '../../core/errors.ts'
import type { Operation } from '../../core/platform/plugin.ts'
import { effectiveVersion, type Place } from '../engine/effective.ts'
import { rollUp, totalOf, type Routing } from '../engine/roll-up.ts'
import { periodOf, ruledStates } from '../rows.ts'
import { billsBelow, inSlices } from './load-bills.ts'
import { loadNames, spokenCost } from './spoken-rows.ts'
import { askedPart, partInput, placeInput, placeOf, tellCycles } from './structure-input.ts'

/** What a part costs by its bills and routings: nothing is written, a standard cost is someone's decision. */
export const costOperation: Operation = {
  name: 'rollUpCost', entity: 'bom-versions', roles: ['productionManager', 'accountant'], reads: true, input: [partInput, ...placeInput],
  label: { en: 'Cost', zh: '成本卷积' },
  help: { en: 'Material, labour and overhead of a part and of all below it, by bills, routings and hourly rates.', zh: '按物料清单、工艺路线和费率，逐级卷积材料、人工与制造费用。' },
  async run(context, input) {
    const part = await askedPart(context, input)
    requireCosts(context)
    const place = await placeOf(context, input)
    const bills = await billsBelow(context.store, [part], place)
    const below = [...new Set([part, ...[...bills.values()].flatMap(({ lines }) => lines.map(({ component }) => component))])]
    const parts = await context.store.byIds('parts', below)
    const routings = await routingsAt(context, below.filter((each) => each === part || parts.get(each)?.makeOrBuy !== 'buy'), place)
    const costs = await tellCycles(context, () => rollUp({ tops: [part], bills, routings, purchaseCost: (each) => parts.get(each)?.standardCost ?? null }))
    const nameOf = await loadNames(context, below)
    const [top] = costs
    const missing = costs.filter(({ isMissing }) => isMissing).map((each) => nameOf(each.part).partNumber)
    const total = spokenCost(top ? totalOf(top) : 0)
    return {
      message: {
        en: `One ${nameOf(part).partNumber} costs ${total}.${missing.length > 0 ? ` Without a cost: ${missing.slice(0, 10).join(', ')}.` : ''}`,
        zh: `每单位 ${nameOf(part).partNumber} 成本 ${total}。${missing.length > 0 ? `无成本的物料：${missing.slice(0, 10).join('、')}。` : ''}`,
      },
      data: {
        ...place,
        rows: costs.map((cost) => ({
          ...nameOf(cost.part), level: cost.level, isMissing: cost.isMissing, material: spokenCost(cost.material), labour: spokenCost(cost.labour), overhead: spokenCost(cost.overhead),
          ownLabour: spokenCost(cost.ownLabour), ownOverhead: spokenCost(cost.ownOverhead), total: spokenCost(totalOf(cost)),
        })),
      },
    }
  },
}

/** A sum tells what went into it: whoever may not see costs or rates does not see what they add up to. */
function requireCosts({ actor, entity }: CommandContext): void {
  for (const [slug, names] of [['parts', ['standardCost']], ['work-centres', ['labourRate', 'overheadRate']]] as const) {
    requireRight(actor, 'read', entity(slug))
    const hidden = hiddenFields(actor, entity(slug))
    if (names.some((name) => hidden.has(name))) fail('forbidden', { action: costOperation.label, entity: entity(slug).labels })
  }
}

/** How parts are made at a place: of each the routing that rules there, with the rates as they are now. */
async function routingsAt({ store }: CommandContext, parts: readonly string[], place: Place): Promise<Map<string, Routing>> {
  const versions = [...groupBy(await inSlices(parts, (some) => store.find('routings', { where: { and: [{ part: { in: [...some] } }, { 'workflow.state': { in: ruledStates } }] } })), ({ part }) => part).values()]
    .flatMap((own) => effectiveVersion(own.map((version) => ({ ...version, ...periodOf(version) })), place) ?? [])
  const operations = groupBy(await inSlices(versions.map(({ id }) => id), (some) => store.find('routing-operations', { where: { routing: { in: [...some] } } })), ({ routing }) => routing)
  const centres = await store.byIds('work-centres', [...operations.values()].flat().map(({ workCentre }) => workCentre))
  return new Map(versions.map(({ id, part, batchQuantity }) => [part, {
    batchQuantity: batchQuantity ?? 1_000_000,
    operations: (operations.get(id) ?? []).map(({ setupMinutes, runMinutes, workCentre }) => ({
      setupMinutes: setupMinutes ?? 0, runMinutes: runMinutes ?? 0, labourRate: centres.get(workCentre)?.labourRate ?? 0, overheadRate: centres.get(workCentre)?.overheadRate ?? 0,
    })),
  }]))
}
