import { describe, expect, it } from 'vitest'
import { shippedRoles } from '../../config/roles.ts'
import { builtPlugins } from '../../config/plugins.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { importFields } from '../../plugins/core/imports/import-fields.ts'
import { proposeMapping } from '../../plugins/core/imports/propose-mapping.ts'
import { createPlatform } from '../../plugins/core/platform/platform.ts'

const platform = createPlatform(builtPlugins, shippedRoles)
const fieldsOf = (slug: string) => importFields(platform, systemActor, platform.entities.get(slug) as never)
const proposed = (slug: string, headers: readonly string[]) =>
  proposeMapping(headers.map((header) => ({ header, samples: [] })), fieldsOf(slug)).map((one) => one && (one.by ? `${one.field} by ${one.by}` : one.field))

describe('headers are understood', () => {
  it('as names and labels, in both languages, of every entity that people fill', () => {
    for (const { slug, kind } of platform.entities.values()) {
      if (kind !== 'master' && kind !== 'document') continue
      const fields = fieldsOf(slug).filter(({ path }) => path !== 'id')
      expect(proposed(slug, fields.map(({ path }) => path)).map((one) => one?.replace(/ by .*/, '')), slug).toEqual(fields.map(({ path }) => path))
    }
  })

  it.each([
    ['parts', ['SKU', 'Item description', 'UoM', 'Price', 'EAN', 'Lead time (days)'], ['partNumber', 'description', 'unit by code', 'listPrice', 'barcode', 'leadTimeDays']],
    ['parts', ['料号', '品名', '单位', '售价', '条形码', '安全库存'], ['partNumber', 'name', 'unit by code', 'listPrice', 'barcode', 'safetyStock']],
    ['customers', ['客户代码', '客户名称', '电话', '邮箱', '税号', '付款条件', '信用额度'], ['number', 'name', 'phone', 'email', 'taxNumber', 'paymentTerm by code', 'creditLimit']],
    ['sales-orders', ['Order no.', 'Customer number', 'Delivery date', 'Item no', 'Qty', 'Unit price (EUR)'], ['number', 'customer by number', 'requestedDate', 'lines.part by partNumber', 'lines.quantity', 'lines.unitPrice']],
    ['sales-orders', ['单号', '客户.名称', '物料编码', '数量', '单价'], ['number', 'customer by name', 'lines.part by partNumber', 'lines.quantity', 'lines.unitPrice']],
    ['customers', ['ID', 'Colour of the door', ''], ['number', null, null]],
  ])('%s: %j', (slug, headers, expected) => expect(proposed(slug, headers)).toEqual(expected))

  it('fills no field twice, and nothing that people may not write', () => {
    const found = proposed('parts', ['Name', 'name', '名称', 'Version', 'createdAt', 'id'])
    expect(found.filter((field) => field === 'name')).toHaveLength(1)
    expect(found.slice(3)).toEqual([null, null, null])
  })
})
