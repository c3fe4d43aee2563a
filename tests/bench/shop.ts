import type { Session } from './http.ts'

export type Shop = {
  readonly customer: string
  /** Open ones. */
  readonly activities: readonly string[]
  /** Draft stock counts of one line each, of different parts in turn. @returns their ids */
  readonly draftCounts: (count: number) => Promise<string[]>
}

/** A firm with accounts, a warehouse and some parts, entered through the API. */
export async function foundShop(session: Session, { activities }: { readonly activities: number }): Promise<Shop> {
  const made = async (path: string, body: object) => (JSON.parse(await session.ask('POST', path, body)) as { id: string }).id
  const first = async (entity: string) => (JSON.parse(await session.ask('GET', `/api/${entity}?limit=1&depth=0`)) as { docs: readonly { id: string }[] }).docs[0]?.id ?? ''
  await session.ask('POST', '/api/companies/operations/setUp', {
    input: { template: 'china', code: 'B', name: 'Bench & Co.', country: 'CN', currency: 'CNY', timeZone: 'Asia/Shanghai', language: 'en', booksFrom: `${new Date().getFullYear()}-01-01` },
  })
  const [unit, site, location, customer] = await Promise.all([first('units'), first('sites'), first('locations'), made('/api/customers', { name: 'Corner shop', language: 'en' })])
  const parts = await Promise.all(Array.from({ length: 16 }, (_, index) =>
    made('/api/parts', { partNumber: `B-${index}`, name: `Part ${index}`, unit, makeOrBuy: 'buy', tracking: 'none', standardCost: '12.5' })))
  return {
    customer,
    activities: await Promise.all(Array.from({ length: activities }, (_, index) => made('/api/activities', { subject: `Call ${index}`, activityType: 'call', customer }))),
    draftCounts: (count) => Promise.all(Array.from({ length: count }, (_, index) => made('/api/stock-counts', {
      site, countKind: 'count', countDate: new Date().toISOString().slice(0, 10), lines: [{ part: parts[index % parts.length], location, countedQuantity: String(1 + Math.floor(Math.random() * 1_000)) }],
    }))),
  }
}
