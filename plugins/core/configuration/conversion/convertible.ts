import type { FieldDefinition, FieldType } from '../../../../config/language/entity.ts'

/**
 * Types whose values can be taken over by another one of them. References, tables and data of programs are no single values that people write; a
 * file belongs to the field that it was uploaded for, a signature to who has given it; a number of a series is given by the platform.
 */
export const convertibleTypes: readonly FieldType[] = ['text', 'longText', 'richText', 'email', 'phone', 'url', 'integer', 'quantity', 'unitPrice', 'money', 'percent', 'rate', 'rating', 'boolean', 'date', 'time', 'dateTime', 'duration', 'geolocation', 'select']

type Kind = Pick<FieldDefinition, 'type' | 'many'>

/** Of what holds several values only choices. */
export const isConvertible = ({ type, many }: Kind): boolean => convertibleTypes.includes(type) && (!many || type === 'select')

/** Whether one can take over the values of the other: it is of another type, or the choice of one becomes the choice of several, or back. */
export const isConversion = (from: Kind, to: Kind): boolean => isConvertible(from) && isConvertible(to) && (from.type !== to.type || Boolean(from.many) !== Boolean(to.many))
