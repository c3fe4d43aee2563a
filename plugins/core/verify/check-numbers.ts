import type { Store } from '../data/store.ts'
import type { Platform } from '../platform/platform.ts'
import type { CheckResult } from '../platform/plugin.ts'
import { openResult } from './check-result.ts'

/** Where the law asks for it (invoices, credit notes, journals) each series runs from 1 to its last number, none twice, none left out. */
export async function numbersWithoutGap(store: Store, platform: Platform): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  for (const entity of platform.entities.values()) {
    if (!entity.numbering?.gapless) continue
    const groups = await store.sum(entity.slug, { where: { number: { exists: true } }, groupBy: ['number'], fields: [] })
    const series = new Map<string, { used: number; highest: number }>()
    for (const { number, count: times } of groups) {
      const [, name, digits] = /^(.+)-(\d+)$/.exec(typeof number === 'string' ? number : '') ?? []
      if (name === undefined) continue
      count()
      if (Number(times) > 1) fail(`${entity.slug}: the number ${String(number)} is given ${Number(times)} times.`)
      const { used, highest } = series.get(name) ?? { used: 0, highest: 0 }
      series.set(name, { used: used + 1, highest: Math.max(highest, Number(digits)) })
    }
    const counters = await store.byIds('number-series', series.keys())
    for (const [name, { used, highest }] of series) {
      if (used !== highest) fail(`${entity.slug}: of ${highest} numbers of the series ${name} ${highest - used} are missing.`)
      const last = counters.get(name)?.last ?? 0
      if (last !== highest) fail(`${entity.slug}: the series ${name} counts ${last}, its last number is ${highest}.`)
    }
  }
  return result()
}

/** A number names one document of its kind, in the other series too. */
export async function numbersUnique(store: Store, platform: Platform): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  for (const entity of platform.entities.values()) {
    if (!entity.numbering || entity.numbering.gapless) continue
    for (const { number, count: times } of await store.sum(entity.slug, { where: { number: { exists: true } }, groupBy: ['number'], fields: [] })) {
      count()
      if (typeof number === 'string' && number !== '' && Number(times) > 1) fail(`${entity.slug}: the number ${number} is given ${Number(times)} times.`)
    }
  }
  return result()
}
