import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FieldRules } from '../../config/language/form.ts'
import { compileForm } from '../../plugins/core/forms/compile-form.ts'
import type { Run } from './area.ts'
import { below } from './measures.ts'
import { median } from './rounds.ts'

/** 300 fields, every third with a rule: what is shown, asked for, computed, checked. */
export function largeForm(): { readonly fields: readonly FieldDefinition[]; readonly rules: Readonly<Record<string, FieldRules>> } {
  const fields = Array.from({ length: 300 }, (_, index): FieldDefinition => ({
    name: `field${index}`, label: { en: `Field ${index}`, zh: `字段 ${index}` }, type: (['text', 'quantity', 'boolean', 'date', 'money'] as const)[index % 5] ?? 'text',
  }))
  const rules = Object.fromEntries(Array.from({ length: 100 }, (_, index) => {
    const at = index * 3
    // Of the five fields before: no field waits for itself.
    const near = (offset: number) => `field${Math.max(0, at - (at % 5) - 5) + offset}`
    const rule: FieldRules = index % 4 === 0 ? { visible: `${near(2)} || ${near(1)} > 10` }
      : index % 4 === 1 ? { required: { when: `${near(1)} > 10 && empty(${near(0)})` } }
        : index % 4 === 2 ? { readOnly: { when: `size(${near(0)}) > 3 && ${near(3)} > today` } }
          : { checks: [{ holds: `${near(4)} >= 0`, message: { en: 'Not below zero.', zh: '不能小于零。' } }] }
    return [`field${at}`, rule]
  }))
  return { fields, rules }
}

/** How long a large form takes from its definition to its program. */
export function measureCompile({ quick, add }: Run): void {
  const { fields, rules } = largeForm()
  const times = Array.from({ length: quick ? 5 : 15 }, () => {
    const began = performance.now()
    const { faults } = compileForm(fields, { rules })
    if (faults.length > 0) throw new Error(`The large form has faults: ${JSON.stringify(faults[0])}`)
    return performance.now() - began
  })
  add(below({ area: 'forms', name: 'form of 300 fields and 100 rules, from its definition to its program', unit: 'ms', value: median(times), limit: 50 }))
}
