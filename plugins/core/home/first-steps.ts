import type { FirstStep } from './home-parts.ts'

export const coreFirstSteps: readonly FirstStep[] = [
  {
    name: 'core.company', entity: 'companies', at: '/admin/start-firm',
    label: { en: 'Set up the company', zh: '建立公司' },
    help: { en: 'Name, currency, time zone and tax number. Currency and time zone stay once something is posted.', zh: '名称、本位币、时区和税号。有单据过账后，币种和时区不可再改。' },
  },
  {
    name: 'core.people', entity: 'users', atLeast: 2,
    label: { en: 'Add the people you work with', zh: '添加同事账号' },
    help: { en: 'Each with a role: sales, purchasing, warehouse, accounting.', zh: '按岗位授予角色：销售、采购、仓管、会计。' },
  },
  {
    name: 'core.parts', entity: 'parts',
    label: { en: 'Enter the parts you buy and sell', zh: '录入采购和销售的物料' },
    help: {
      en: 'Number, name, unit and price. A long list comes in from a file (CSV, XLSX): Import, on the list of parts.',
      zh: '编码、名称、单位和价格。数量多时可从文件（CSV、XLSX）导入：在物料列表点击“导入”。',
    },
  },
]
