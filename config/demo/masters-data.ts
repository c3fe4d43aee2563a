/** What the demo firm makes, buys, sells, and with whom. Values as people speak them; prices in CNY without tax. */

export const demoCompany = {
  code: 'LT', name: 'Lanting Espresso Machines Ltd.', nameZh: '兰亭咖啡机有限公司', currency: 'CNY', timeZone: 'Asia/Shanghai', country: 'CN', language: 'zh',
  taxNumber: '91330602MA2JT0X76K', email: 'hello@lanting.example', phone: '+86 575 8555 0188', website: 'https://lanting.example',
  address: 'Building 3, 18 Gongjiang Road, Lanting\nYuecheng District, Shaoxing\nZhejiang, China', addressZh: '浙江省绍兴市越城区兰亭街道工匠路 18 号 3 幢',
  purchaseApprovalLimit: 800_000, bankName: 'Bank of China, Shaoxing Lanting Branch', bankNameZh: '中国银行绍兴兰亭支行', bankAccount: '3667 5832 0001 8866 218',
} as const

export const demoSite = { code: 'SX', name: 'Shaoxing workshop', nameZh: '绍兴装配车间', address: '浙江省绍兴市越城区兰亭街道工匠路 18 号 3 幢' } as const

export const partCategories = [
  { code: 'MACHINE', name: 'Machines', nameZh: '整机' },
  { code: 'ACCESSORY', name: 'Accessories', nameZh: '配件' },
  { code: 'COMPONENT', name: 'Components', nameZh: '零部件' },
  { code: 'SERVICE', name: 'Services', nameZh: '服务' },
] as const

export type PartKey = 'duo' | 'solo' | 'grinder' | 'tamper' | 'knockBox' | 'beans' | 'installation' | 'groupHead' | 'boiler' | 'pump' | 'board' | 'gasket' | 'carton' | 'housing' | 'brewUnit'

/** `stock`: opening quantity at standard cost; `from`: price from that many on. */
export type DemoPart = {
  readonly partNumber: string
  readonly name: string
  readonly nameZh: string
  readonly category: (typeof partCategories)[number]['code']
  readonly unit: 'PCS' | 'SET' | 'KG' | 'H'
  readonly cost: string
  readonly listPrice?: string
  readonly from?: readonly [quantity: string, price: string]
  readonly stock?: string
  readonly taxCode?: 'VAT9' | 'VAT6'
  readonly reorder?: { readonly point: string; readonly quantity: string; readonly safety: string; readonly days: number }
  readonly make?: true
}

export const demoParts: Readonly<Record<PartKey, DemoPart>> = {
  duo: { partNumber: 'EM-200', name: 'Espresso machine Duo, two groups', nameZh: '双头半自动咖啡机 Duo', category: 'MACHINE', unit: 'PCS', cost: '3900', listPrice: '6800', from: ['5', '6460'], stock: '26', make: true },
  solo: { partNumber: 'EM-100', name: 'Espresso machine Solo, one group', nameZh: '单头半自动咖啡机 Solo', category: 'MACHINE', unit: 'PCS', cost: '2250', listPrice: '3980', from: ['10', '3780'], stock: '40', make: true },
  grinder: { partNumber: 'GR-64', name: 'Grinder, 64 mm flat burrs', nameZh: '64 毫米平刀磨豆机', category: 'MACHINE', unit: 'PCS', cost: '920', listPrice: '1680', from: ['10', '1590'], stock: '45', make: true },
  tamper: { partNumber: 'AC-TMP58', name: 'Tamper, 58 mm, walnut', nameZh: '58 毫米胡桃木压粉锤', category: 'ACCESSORY', unit: 'PCS', cost: '62', listPrice: '168', from: ['20', '148'], stock: '120', reorder: { point: '80', quantity: '100', safety: '20', days: 10 } },
  knockBox: { partNumber: 'AC-KNB', name: 'Knock box, stainless steel', nameZh: '不锈钢敲渣盒', category: 'ACCESSORY', unit: 'PCS', cost: '45', listPrice: '128', stock: '24', reorder: { point: '40', quantity: '60', safety: '10', days: 12 } },
  beans: { partNumber: 'CF-GRN', name: 'Green beans, Yunnan, for test brewing', nameZh: '云南生豆（调机用）', category: 'ACCESSORY', unit: 'KG', cost: '48.5', listPrice: '76', stock: '80', taxCode: 'VAT9', reorder: { point: '30', quantity: '60', safety: '10', days: 7 } },
  installation: { partNumber: 'SV-INST', name: 'Installation and barista training', nameZh: '上门安装与操作培训', category: 'SERVICE', unit: 'H', cost: '120', listPrice: '320', taxCode: 'VAT6' },
  groupHead: { partNumber: 'CP-GRP58', name: 'Group head, 58 mm, brass', nameZh: '58 毫米黄铜冲煮头', category: 'COMPONENT', unit: 'PCS', cost: '365', listPrice: '520', stock: '18', reorder: { point: '30', quantity: '40', safety: '10', days: 28 } },
  boiler: { partNumber: 'CP-BLR6', name: 'Boiler, brass, 6 l', nameZh: '6 升黄铜锅炉', category: 'COMPONENT', unit: 'PCS', cost: '420', stock: '20', reorder: { point: '24', quantity: '30', safety: '8', days: 14 } },
  pump: { partNumber: 'CP-PMP15', name: 'Pump, 15 bar', nameZh: '15 巴电磁泵', category: 'COMPONENT', unit: 'PCS', cost: '86', listPrice: '135', stock: '60', reorder: { point: '50', quantity: '100', safety: '20', days: 9 } },
  board: { partNumber: 'CP-PCB3', name: 'Control board, third series', nameZh: '三代控制主板', category: 'COMPONENT', unit: 'PCS', cost: '180', stock: '44', reorder: { point: '40', quantity: '50', safety: '15', days: 15 } },
  gasket: { partNumber: 'CP-GSK', name: 'Gasket set', nameZh: '密封圈套装', category: 'COMPONENT', unit: 'SET', cost: '12', listPrice: '36', stock: '260', reorder: { point: '150', quantity: '300', safety: '50', days: 6 } },
  carton: { partNumber: 'PK-CTN', name: 'Export carton with foam', nameZh: '出口纸箱（含泡沫）', category: 'COMPONENT', unit: 'SET', cost: '18', stock: '90', reorder: { point: '80', quantity: '200', safety: '30', days: 4 } },
  housing: { partNumber: 'CP-HSG2', name: 'Housing, stainless steel, two groups', nameZh: '双头不锈钢机壳', category: 'COMPONENT', unit: 'PCS', cost: '1860', stock: '12' },
  brewUnit: { partNumber: 'SA-BRW2', name: 'Brew unit, two groups, assembled', nameZh: '双头冲煮总成', category: 'COMPONENT', unit: 'PCS', cost: '1250', make: true },
}

export type SupplierKey = 'ningbo' | 'foshan' | 'shenzhen' | 'milano' | 'suzhou'

/** `parts`: the part, the supplier's number of it, price, and the least and the step of an order. */
export type DemoSupplier = {
  readonly number: string
  readonly name: string
  readonly nameZh?: string
  readonly country: string
  readonly email: string
  readonly term: 'NET30' | 'EOM30' | 'PREPAID'
  readonly parts: readonly { readonly part: PartKey; readonly number: string; readonly price: string; readonly minimum?: string; readonly multiple?: string }[]
}

export const demoSuppliers: Readonly<Record<SupplierKey, DemoSupplier>> = {
  ningbo: { number: 'S-001', name: 'Ningbo Fluid Pumps Co.', nameZh: '宁波流体泵业有限公司', country: 'CN', email: 'order@nbpump.example', term: 'EOM30', parts: [
    { part: 'pump', number: 'NB-15B-220', price: '84', minimum: '50', multiple: '10' }, { part: 'gasket', number: 'NB-GS-58', price: '11.5', minimum: '100', multiple: '50' },
  ] },
  foshan: { number: 'S-002', name: 'Foshan Sheet Metal Works', nameZh: '佛山五金制品厂', country: 'CN', email: 'sales@fsmetal.example', term: 'NET30', parts: [
    { part: 'boiler', number: 'FS-6L-B', price: '412', minimum: '10' }, { part: 'knockBox', number: 'FS-KB-01', price: '43.8', minimum: '30' }, { part: 'tamper', number: 'FS-TP-58W', price: '60', minimum: '50' },
  ] },
  shenzhen: { number: 'S-003', name: 'Shenzhen Control Electronics', nameZh: '深圳控制电子有限公司', country: 'CN', email: 'po@szctrl.example', term: 'NET30', parts: [
    { part: 'board', number: 'SZ-EM3-A', price: '176', minimum: '20' },
  ] },
  milano: { number: 'S-004', name: 'Gruppi Milano S.r.l.', country: 'IT', email: 'export@gruppimilano.example', term: 'PREPAID', parts: [
    { part: 'groupHead', number: 'GM-58-OT', price: '358', minimum: '20', multiple: '4' },
  ] },
  suzhou: { number: 'S-005', name: 'Suzhou Packaging', nameZh: '苏州包装材料有限公司', country: 'CN', email: 'xiaoshou@szpack.example', term: 'NET30', parts: [
    { part: 'carton', number: 'SP-7755', price: '17.6', minimum: '100', multiple: '50' },
  ] },
}

export type CustomerKey = 'moka' | 'hotel' | 'berlin' | 'academy' | 'nordic' | 'office'

export type DemoCustomer = {
  readonly number: string
  readonly name: string
  readonly nameZh?: string
  readonly country: string
  readonly email: string
  readonly language: 'en' | 'zh'
  readonly address: string
  readonly term: 'NET30' | 'EOM30' | 'DEP30' | 'PREPAID'
  readonly creditLimit?: string
  readonly isExport?: true
  readonly contact: { readonly name: string; readonly jobTitle: string }
}

export const demoCustomers: Readonly<Record<CustomerKey, DemoCustomer>> = {
  moka: { number: 'K-1001', name: 'Moka Street Cafés', nameZh: '摩卡街连锁咖啡', country: 'CN', email: 'caigou@mokastreet.example', language: 'zh', address: '上海市静安区愚园路 168 号', term: 'NET30', creditLimit: '200000', contact: { name: '何佳', jobTitle: '采购经理' } },
  hotel: { number: 'K-1002', name: 'Lakeside Hotel Hangzhou', nameZh: '杭州湖畔酒店', country: 'CN', email: 'fb@lakeside.example', language: 'zh', address: '杭州市西湖区北山街 88 号', term: 'EOM30', creditLimit: '60000', contact: { name: '吴敏', jobTitle: '餐饮总监' } },
  berlin: { number: 'K-1003', name: 'Kaffeehaus Kreuzberg GmbH', country: 'DE', email: 'einkauf@kaffeehaus.example', language: 'en', address: 'Oranienstraße 24\n10999 Berlin\nGermany', term: 'DEP30', isExport: true, contact: { name: 'Jonas Weber', jobTitle: 'Purchasing' } },
  academy: { number: 'K-1004', name: 'Chengdu Barista Academy', nameZh: '成都咖啡师学院', country: 'CN', email: 'jiaowu@barista.example', language: 'zh', address: '成都市锦江区东大街 77 号', term: 'PREPAID', creditLimit: '0', contact: { name: '唐雪', jobTitle: '教务主任' } },
  nordic: { number: 'K-1005', name: 'Nordic Roasters AB', country: 'SE', email: 'anna@nordicroasters.example', language: 'en', address: 'Götgatan 31\n116 21 Stockholm\nSweden', term: 'NET30', creditLimit: '150000', isExport: true, contact: { name: 'Anna Lindqvist', jobTitle: 'Head of equipment' } },
  office: { number: 'K-1006', name: 'Beijing Office Coffee Service', nameZh: '北京办公咖啡服务', country: 'CN', email: 'finance@officecoffee.example', language: 'zh', address: '北京市朝阳区建国路 93 号', term: 'NET30', creditLimit: '90000', contact: { name: '赵磊', jobTitle: '运营经理' } },
}
