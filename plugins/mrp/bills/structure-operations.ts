import type { BomVersions } from '../../../config/generated/entities.ts'
import { relation } from '../../../config/language/fields.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { requireRight } from '../../core/access/can.ts'
import type { Operation } from '../../core/platform/plugin.ts'
import { compareBills, type ComparedLine } from '../engine/compare-bills.ts'
import { explode, requirements } from '../engine/explode.ts'
import { whereUsed } from '../engine/where-used.ts'
import { billsAbove, billsBelow, withLines } from './load-bills.ts'
import { loadNames, spokenQuantity } from './spoken-rows.ts'
import { askedPart, longestTree, partInput, placeInput, placeOf, quantityInput, tellCycles } from './structure-input.ts'

/** Who plans, makes, buys or pays may ask what things are made of. */
const roles = ['engineer', 'productionManager', 'buyer', 'accountant', 'viewer']

/** Questions about the structure of parts; each answers for one place and day, and changes nothing. */
export const structureOperations: readonly Operation[] = [
  {
    name: 'explode', entity: 'bom-versions', roles, reads: true, input: [partInput, quantityInput, ...placeInput],
    label: { en: 'Explode', zh: '展开物料清单' },
    help: { en: 'Everything that goes into a part, level by level, and added up.', zh: '逐级展开物料组成，并汇总用量。' },
    async run(context, input) {
      const part = await askedPart(context, input)
      const place = await placeOf(context, input)
      const quantity = typeof input.quantity === 'number' ? input.quantity : 1_000_000
      const bills = await billsBelow(context.store, [part], place)
      const { nodes, isCut } = await tellCycles(context, () => explode({ bills, part, quantity, limit: longestTree }))
      const totals = requirements({ bills, part, quantity })
      const nameOf = await loadNames(context, [part, ...totals.map((each) => each.part)])
      const numbers = await billNames(context, nodes.flatMap(({ bill }) => bill?.id ?? []))
      return {
        message: { en: `${nameOf(part).partNumber}: ${totals.length} parts go into it.`, zh: `${nameOf(part).partNumber}：共需 ${totals.length} 种物料。` },
        data: {
          ...place, isCut,
          rows: nodes.map(({ level, part: each, parent, line, bill, quantity: needed }) => ({
            ...nameOf(each), level, parent: parent ?? null, quantity: spokenQuantity(needed), scrap: line?.scrapPercent ? spokenQuantity(line.scrapPercent) : null,
            operation: line?.operation ?? null, ...(bill ? numbers(bill.id) : { bill: null, number: null, revision: null }),
          })),
          totals: totals.map(({ part: each, level, quantity: needed }) => ({ ...nameOf(each), level, quantity: spokenQuantity(needed) })),
        },
      }
    },
  },
  {
    name: 'whereUsed', entity: 'bom-versions', roles, reads: true, input: [partInput, ...placeInput],
    label: { en: 'Where used', zh: '反查用途' },
    // Its quantities are of the part that is asked about.
    help: { en: 'What a part goes into, level by level, up to what is sold.', zh: '逐级反查物料被哪些母件使用。' },
    async run(context, input) {
      const part = await askedPart(context, input)
      const place = await placeOf(context, input)
      const bills = await billsAbove(context.store, part, place)
      const { nodes, isCut } = await tellCycles(context, () => whereUsed({ bills, part, limit: longestTree }))
      const nameOf = await loadNames(context, nodes.map((node) => node.part))
      const numbers = await billNames(context, [...bills.values()].map(({ id }) => id))
      return {
        message: { en: `${nameOf(part).partNumber} goes into ${bills.size} parts.`, zh: `${nameOf(part).partNumber} 被 ${bills.size} 种物料使用。` },
        data: {
          ...place, isCut,
          rows: nodes.map(({ level, part: each, child, bill, line, quantity }) => ({
            ...nameOf(each), unit: nameOf(part).unit, level, parent: child ?? null, quantity: spokenQuantity(quantity), scrap: line?.scrapPercent ? spokenQuantity(line.scrapPercent) : null,
            operation: line?.operation ?? null, ...(bill ? numbers(bill.id) : { bill: null, number: null, revision: null }),
          })),
        },
      }
    },
  },
  {
    name: 'compare', entity: 'bom-versions', roles, reads: true,
    input: [relation('before', { en: 'From', zh: '原版本' }, { to: 'bom-versions', required: true }), relation('after', { en: 'To', zh: '新版本' }, { to: 'bom-versions', required: true })],
    label: { en: 'Compare', zh: '版本对比' },
    help: { en: 'What was added, removed and changed from one version to another.', zh: '列出两个版本之间新增、移除和变更的子件。' },
    async run(context, input) {
      requireRight(context.actor, 'read', context.entity('bom-versions'))
      const versions = [await context.store.require('bom-versions', String(input.before)), await context.store.require('bom-versions', String(input.after))]
      const [before, after] = await withLines(context.store, versions)
      const found = before && after ? compareBills(before, after) : []
      const nameOf = await loadNames(context, found.map(({ component }) => component))
      const [from, to] = versions.map(nameOfBill)
      return {
        message: { en: `${found.length} ${found.length === 1 ? 'difference' : 'differences'} from ${from} to ${to}.`, zh: `${from} 与 ${to} 有 ${found.length} 处差异。` },
        data: { rows: found.map(({ kind, component, changed, before: was, after: is }) => ({ ...nameOf(component), kind, changed: [...changed], before: was ? spokenLine(was) : null, after: is ? spokenLine(is) : null })) },
      }
    },
  },
]

const spokenLine = ({ quantityPer, scrapPercent, operation, validFrom, validTo }: ComparedLine) =>
  ({ quantityPer: spokenQuantity(quantityPer), scrapPercent: spokenQuantity(scrapPercent ?? 0), operation: operation ?? null, validFrom: validFrom ?? null, validTo: validTo ?? null })

const nameOfBill = ({ number, revision }: BomVersions) => `${number} (${revision})`

/** Number and revision of bills, asked for many at once. */
async function billNames({ store }: CommandContext, ids: Iterable<string>) {
  const versions = await store.byIds('bom-versions', ids)
  return (bill: string) => ({ bill, number: versions.get(bill)?.number ?? '', revision: versions.get(bill)?.revision ?? '' })
}
