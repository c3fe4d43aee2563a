import type { CheckResult, Check } from '../core/platform/plugin.ts'
import type { Row, Store } from '../core/data/store.ts'
import { groupBy } from '../core/engine/group-by.ts'
import { openResult } from '../core/verify/check-result.ts'
import { inPages } from '../core/verify/pages.ts'
import { isInForce, overlap } from './engine/effective.ts'
import { findCycle } from './engine/levels.ts'
import { withLines } from './bills/load-bills.ts'
import { periodOf, ruledStates, versionOf } from './rows.ts'

const pageSize = 500
const ruled = { 'workflow.state': { in: ruledStates } }

export const mrpChecks: readonly Check[] = [
  { name: 'mrp.oneRules', label: { en: 'On each day one version of a bill or routing rules for a part and site', zh: '同一物料、地点每天只有一个物料清单或工艺路线版本有效' }, run: checkPeriods },
  { name: 'mrp.noCycles', label: { en: 'No part goes into itself by the bills of today', zh: '当前有效的物料清单没有循环' }, run: checkCycles },
]

async function checkPeriods(store: Store): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  for await (const page of inPages(store.streamOnly('parts', ['partNumber']), pageSize)) {
    const numbers = new Map(page.map(({ id, partNumber }) => [id, partNumber]))
    for (const entity of ['bom-versions', 'routings']) {
      const versions = (await store.find<string>(entity, { where: { and: [{ part: { in: [...numbers.keys()] } }, ruled] } }) as Row[]).map(versionOf)
      count(versions.length)
      for (const [, own] of groupBy(versions, ({ part, site }) => `${part} ${site ?? ''}`)) {
        own.forEach((one, index) => {
          const rival = own.slice(index + 1).find((other) => overlap(periodOf(one), periodOf(other)))
          if (rival) fail(`${numbers.get(one.part)}: ${one.number} and ${rival.number} rule on the same days.`)
        })
      }
    }
  }
  return result()
}

/** Only what goes into what is held, by id. */
async function checkCycles(store: Store): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  const today = new Date().toISOString().slice(0, 10)
  const children = new Map<string, string[]>()
  for await (const page of inPages(store.stream('bom-versions', ruled), pageSize)) {
    for (const bill of await withLines(store, page.filter((version) => isInForce(periodOf(version), today)))) {
      count()
      const components = bill.lines.filter((line) => isInForce(line, today)).map(({ component }) => component)
      children.set(bill.part, [...(children.get(bill.part) ?? []), ...components])
    }
  }
  const path = findCycle(children.keys(), (part) => children.get(part) ?? [])
  if (path) {
    const parts = await store.byIds('parts', path)
    fail(`${path.map((id) => parts.get(id)?.partNumber ?? id).join(' → ')}`)
  }
  return result()
}
