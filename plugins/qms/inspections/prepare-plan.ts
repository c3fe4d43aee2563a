import type { InspectionPlans } from '../../../config/generated/entities.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { typed } from '../../core/data/typed-rows.ts'
import { failInput } from '../../core/errors.ts'
import type { EntityBehaviour } from '../../core/platform/plugin.ts'

/** AQLs above ten are of nonconformities per 100 units only (ISO 2859-1, 5.2). */
const largestPercent = 10

export const planBehaviour: EntityBehaviour = {
  prepare(_, { document }) {
    const plan = typed<'inspection-plans'>(document)
    const rows = plan.characteristics ?? []
    plan.characteristics = rows.length === 0 ? null : rows.map((row, index) => ({ ...row, code: row.code || String(index + 1) }))
    const findings = [...characteristicFaults(plan), ...countFaults(plan)]
    return findings.length > 0 ? failInput(findings) : Promise.resolve()
  },
}

function characteristicFaults({ characteristics }: InspectionPlans): Finding[] {
  const rows = characteristics ?? []
  const codes = rows.map(({ code }) => code)
  return rows.flatMap(({ code, kind, lowerLimit, upperLimit }, index) => {
    const at = `characteristics.${index}`
    const [low, high] = [lowerLimit ?? null, upperLimit ?? null]
    if (codes.indexOf(code) < index) return [finding('twice', `${at}.code`, { en: `No. ${code} stands there twice. Give each characteristic its own.`, zh: `序号 ${code} 重复，请使每个检验项目的序号唯一。` })]
    if (kind !== 'measured') return []
    if (low === null && high === null) return [finding('noLimit', `${at}.lowerLimit`, { en: `No. ${code} is measured: enter a limit, lower, upper or both.`, zh: `序号 ${code} 为计量项，请填写上限或下限。` })]
    return low !== null && high !== null && low > high ? [finding('limits', `${at}.upperLimit`, { en: `No. ${code}: the lower limit is above the upper one. Exchange them.`, zh: `序号 ${code}：下限大于上限，请更正。` })] : []
  })
}

function countFaults({ aql, countBy, sampling }: InspectionPlans): Finding[] {
  if (sampling !== 'aql' || countBy !== 'units' || !(Number(aql) > largestPercent)) return []
  return [finding('aql', 'countBy', { en: 'An AQL above 10 counts nonconformities per 100 units, not units. Count nonconformities, or choose an AQL up to 10.', zh: 'AQL 大于 10 只适用于每百单位产品不合格数。请改为按不合格数计数，或选用 10 及以下的 AQL。' })]
}

const finding = (code: string, path: string, message: Text): Finding => ({ code: `plan.${code}`, path, severity: 'error', message })
