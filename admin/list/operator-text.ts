import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FilterOperator } from '../../plugins/core/views/list-query.ts'
import type { Speak } from '../kit/kit-context.tsx'
import { dateOperatorTexts, operatorTexts } from '../locales/list-texts.ts'

/** An operator in words that fit the type: an amount is "at most", a date "on or before". */
export function operatorText(say: Speak, { type }: FieldDefinition, operator: FilterOperator): string {
  if ((type === 'date' || type === 'dateTime') && (operator === 'gte' || operator === 'lte' || operator === 'is')) return say(dateOperatorTexts[operator])
  return say(operatorTexts[operator])
}
