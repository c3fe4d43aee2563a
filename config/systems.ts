import type { SystemSlug } from './language/entity.ts'
import type { Text } from './language/text.ts'

export type SystemDefinition = {
  readonly slug: Exclude<SystemSlug, 'core'>
  readonly name: Text
  readonly summary: Text
  /** Number of the phase that usually unlocks it. */
  readonly phase: 1 | 2 | 3 | 4
}

/** The twelve systems, in the order the navigation shows them. */
export const systems = [
  {
    slug: 'crm', phase: 1,
    name: { en: 'Customers', zh: '客户关系 CRM' },
    summary: { en: 'Leads, opportunities, quotes and what to do next.', zh: '线索、商机、报价与跟进。' },
  },
  {
    slug: 'erp', phase: 1,
    name: { en: 'Orders and books', zh: '企业资源 ERP' },
    summary: { en: 'Sales, purchasing, stock and accounts in one ledger.', zh: '销售、采购、库存、财务一本账。' },
  },
  {
    slug: 'oms', phase: 2,
    name: { en: 'Channel orders', zh: '订单管理 OMS' },
    summary: { en: 'Orders of all channels, promised and routed.', zh: '汇总各渠道订单，承诺交期并分配仓库。' },
  },
  {
    slug: 'wms', phase: 2,
    name: { en: 'Warehouse', zh: '仓储管理 WMS' },
    summary: { en: 'Put away, pick, pack and count by scan.', zh: '扫码上架、拣货、打包、盘点。' },
  },
  {
    slug: 'mrp', phase: 3,
    name: { en: 'Material planning', zh: '物料需求计划 MRP' },
    summary: { en: 'What to make and buy, how much, and when.', zh: '做什么、买什么、多少、何时。' },
  },
  {
    slug: 'aps', phase: 3,
    name: { en: 'Scheduling', zh: '高级排程 APS' },
    summary: { en: 'Which job runs next on which machine.', zh: '每台设备下一步做哪张工单。' },
  },
  {
    slug: 'mes', phase: 3,
    name: { en: 'Shop floor', zh: '制造执行 MES' },
    summary: { en: 'Work orders, reporting, equipment and what went in.', zh: '工单、报工、设备与投料追溯。' },
  },
  {
    slug: 'qms', phase: 3,
    name: { en: 'Quality', zh: '质量管理 QMS' },
    summary: { en: 'Inspection, nonconformities and their cure.', zh: '检验、不合格与纠正预防。' },
  },
  {
    slug: 'tms', phase: 3,
    name: { en: 'Transport', zh: '运输管理 TMS' },
    summary: { en: 'Loads, routes, carriers and freight bills.', zh: '配载、路线、承运商与运费对账。' },
  },
  {
    slug: 'plm', phase: 4,
    name: { en: 'Product design', zh: '产品生命周期 PLM' },
    summary: { en: 'Parts, drawings, bills of material and their changes.', zh: '零部件、图纸、物料清单与变更。' },
  },
  {
    slug: 'srm', phase: 4,
    name: { en: 'Suppliers', zh: '供应商关系 SRM' },
    summary: { en: 'Tenders, confirmations, scores and statements.', zh: '询比价、交期确认、绩效与对账。' },
  },
  {
    slug: 'scm', phase: 4,
    name: { en: 'Supply chain', zh: '供应链 SCM' },
    summary: { en: 'Forecasts, policies and one plan for the network.', zh: '预测、库存策略与全网计划。' },
  },
] as const satisfies readonly SystemDefinition[]
