import type { FieldDefinition, FieldType } from '../../../../config/language/entity.ts'

/** Types whose values can be taken over by another one of them. */
export const convertibleTypes: readonly FieldType[] = ['text', 'longText', 'email', 'phone', 'url', 'integer', 'quantity', 'unitPrice', 'money', 'percent', 'rate', 'boolean', 'date', 'dateTime', 'select']

export const isConvertible = ({ type, many }: Pick<FieldDefinition, 'type' | 'many'>): boolean => convertibleTypes.includes(type) && !many
