import type { FieldType } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'

/**
 * What stands behind an application identifier. `digits`: figures only, else the characters of figure 7.11-1; `shortest`, `longest`: its length
 * without the identifier; `check`: the place after the check digit (clause 7.9); `says`: a date YYMMDD, a count, or a measure whose
 * fourth digit of the identifier is the number of decimals.
 */
export type ApplicationIdentifier = {
  readonly label: Text
  readonly digits: boolean
  readonly shortest: number
  readonly longest: number
  readonly check?: number
  readonly says: 'text' | 'date' | 'count' | 'measure'
}

const name = (en: string, zh: string): Text => ({ en, zh })
const letters = (longest: number, label: Text): ApplicationIdentifier => ({ label, digits: false, shortest: 1, longest, says: 'text' })
const checked = (length: number, label: Text): ApplicationIdentifier => ({ label, digits: true, shortest: length, longest: length, check: length, says: 'text' })
const exactly = (length: number, label: Text): ApplicationIdentifier => ({ label, digits: true, shortest: length, longest: length, says: 'text' })
const date = (label: Text): ApplicationIdentifier => ({ label, digits: true, shortest: 6, longest: 6, says: 'date' })
const count = (label: Text): ApplicationIdentifier => ({ label, digits: true, shortest: 1, longest: 8, says: 'count' })
const measure = (label: Text): ApplicationIdentifier => ({ label, digits: true, shortest: 6, longest: 6, says: 'measure' })

/**
 * The application identifiers that a shop floor meets: GS1 General Specifications, clause 3.2 (figure 3.2-1) and the clauses it names.
 * A trailing "n" stands for the digit that says how many decimals follow.
 */
export const applicationIdentifiers: ReadonlyMap<string, ApplicationIdentifier> = new Map([
  ['00', checked(18, name('SSCC (logistic unit)', '物流单元 SSCC'))],
  ['01', checked(14, name('GTIN', '商品条码 GTIN'))],
  ['02', checked(14, name('GTIN of contents', '内含商品 GTIN'))],
  ['10', letters(20, name('Lot', '批次'))],
  ['11', date(name('Production date', '生产日期'))],
  ['12', date(name('Due date', '付款到期日'))],
  ['13', date(name('Packaging date', '包装日期'))],
  ['15', date(name('Best before', '保质期至'))],
  ['16', date(name('Sell by', '销售截止日'))],
  ['17', date(name('Expiry date', '失效日期'))],
  ['20', exactly(2, name('Variant', '变体'))],
  ['21', letters(20, name('Serial number', '序列号'))],
  ['22', letters(20, name('Consumer product variant', '消费品变体'))],
  ['240', letters(30, name('Additional product number', '附加产品编号'))],
  ['241', letters(30, name('Customer part number', '客户物料编码'))],
  ['250', letters(30, name('Secondary serial number', '第二序列号'))],
  ['251', letters(30, name('Reference to source entity', '源实体参考'))],
  ['30', count(name('Variable count', '可变数量'))],
  ['37', count(name('Count of units contained', '内含数量'))],
  ['310n', measure(name('Net weight, kg', '净重（千克）'))],
  ['311n', measure(name('Length, m', '长度（米）'))],
  ['312n', measure(name('Width, m', '宽度（米）'))],
  ['313n', measure(name('Height, m', '高度（米）'))],
  ['314n', measure(name('Area, m²', '面积（平方米）'))],
  ['315n', measure(name('Net volume, l', '净容积（升）'))],
  ['316n', measure(name('Net volume, m³', '净体积（立方米）'))],
  ['320n', measure(name('Net weight, lb', '净重（磅）'))],
  ['330n', measure(name('Logistic weight, kg', '物流重量（千克）'))],
  ['400', letters(30, name('Customer order number', '客户订单号'))],
  ['401', letters(30, name('Consignment', '托运代码'))],
  ['402', checked(17, name('Shipment', '装运标识'))],
  ['410', checked(13, name('Ship to', '交货地'))],
  ['414', checked(13, name('Location', '位置码'))],
  ['420', letters(20, name('Postal code', '邮政编码'))],
  ['422', exactly(3, name('Country of origin', '原产国'))],
  ['7003', exactly(10, name('Expiry date and time', '失效日期和时间'))],
  ['8020', letters(25, name('Payment slip', '付款单'))],
  ['90', letters(30, name('Agreed between partners', '双方约定'))],
  ...['91', '92', '93', '94', '95', '96', '97', '98', '99'].map((identifier) => [identifier, letters(90, name('Company internal', '企业内部'))] as const),
])

/** What begins with these digits has a length of its own and needs no separator: figure 7.8.4-2. */
export const hasPredefinedLength = (identifier: string): boolean => /^(0[0-4]|1[1-9]|20|3[1-6]|41)/.test(identifier)

/** The field types that can hold what an identifier says. A reference is found by the code that the text is. */
export function takesFrom(identifier: string, type: FieldType): boolean {
  if (type === 'text' || type === 'longText') return true
  switch (applicationIdentifiers.get(identifier)?.says) {
    case 'date': return type === 'date'
    case 'count': return type === 'integer' || type === 'quantity'
    case 'measure': return type === 'quantity'
    case 'text': return type === 'relation'
    default: return false
  }
}
