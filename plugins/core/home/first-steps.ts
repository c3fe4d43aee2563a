import type { FirstStep } from './home-parts.ts'

export const coreFirstSteps: readonly FirstStep[] = [
  {
    name: 'core.company', entity: 'companies',
    label: { en: 'Set up the company', zh: '建立公司' },
    help: { en: 'Name, currency, time zone and tax number. Currency and time zone stay once something is posted.', zh: '名称、本位币、时区和税号。有单据过账后，币种和时区不可再改。' },
  },
  {
    name: 'core.parts', entity: 'parts',
    label: { en: 'Enter the parts you buy and sell', zh: '录入采购和销售的物料' },
    help: { en: 'By hand, or all at once from a file.', zh: '可逐个新建，也可从文件批量导入。' },
  },
]
