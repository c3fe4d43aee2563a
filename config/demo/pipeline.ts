import type { Desk } from './desk.ts'
import type { Masters } from './masters.ts'
import type { Scene } from './play-scenes.ts'

/** Sales still under way, or lost: leads, opportunities in each stage, quotes that wait, are about to end or have ended. */
export function pipelineScenes(desk: Desk, masters: Masters): Scene[] {
  return [
    freshLeads(desk), givenUpLead(desk), newOpportunity(desk, masters), qualifiedOpportunity(desk, masters),
    lostOpportunity(desk, masters), negotiation(desk, masters), expiredQuote(desk, masters), followUps(desk),
  ]
}

async function* freshLeads({ people: { salesRep } }: Desk): Scene {
  yield -6
  const qualified = await salesRep.create('leads', {
    organisation: 'Harbour Bakery 港口面包房', personName: '林芳', phone: '+86 592 555 0123', country: 'CN', source: 'referral', score: 70,
    requirement: 'One-group machine and grinder for a bakery counter 面包房柜台用单头机与磨豆机',
  })
  yield -5
  await salesRep.send('leads', qualified, 'contact')
  await salesRep.send('leads', qualified, 'qualify')
  yield -2
  const contacted = await salesRep.create('leads', { organisation: 'Tianjin Bookshop Café 天津书店咖啡', personName: '马超', email: 'machao@bookcafe.example', country: 'CN', source: 'website', score: 45 })
  await salesRep.send('leads', contacted, 'contact', { input: { requirement: 'Wants a quiet machine for a reading room 阅读区需要低噪音机型' } })
  yield 0
  await salesRep.create('leads', { organisation: 'Café Lumière SARL', personName: 'Claire Morel', email: 'claire@lumiere.example', country: 'FR', source: 'fair', score: 60 })
  await salesRep.create('leads', { organisation: 'Qingdao Sea View Hotel 青岛海景酒店', phone: '+86 532 555 0177', country: 'CN', source: 'call', score: 30 })
}

async function* givenUpLead({ people: { salesRep } }: Desk): Scene {
  yield -30
  const lead = await salesRep.create('leads', { organisation: 'Student Kiosk 校园小铺', personName: '小赵', phone: '+86 25 555 0101', country: 'CN', source: 'advertising', score: 15 })
  yield -27
  await salesRep.send('leads', lead, 'lose', { reason: 'Looks for a household machine 只需家用机型' })
}

async function* newOpportunity({ people: { salesRep }, day }: Desk, { customers, contacts }: Masters): Scene {
  yield -3
  await salesRep.create('opportunities', {
    name: 'Second academy room 学院第二教室', customer: customers.academy, contact: contacts.academy, amount: '21000', closeDate: day(40),
    requirement: 'Three one-group machines for a second classroom 第二间教室需三台单头机',
  })
}

async function* qualifiedOpportunity({ people: { salesRep }, day }: Desk, { customers, contacts }: Masters): Scene {
  yield -9
  const deal = await salesRep.create('opportunities', {
    name: 'Office towers, six pantries 写字楼六个茶水间', customer: customers.office, contact: contacts.office, amount: '34000', closeDate: day(25),
    requirement: 'Six one-group machines with grinders, service included 六台单头机配磨豆机，含上门服务',
  })
  yield -8
  await salesRep.send('opportunities', deal, 'qualify')
  await salesRep.send('opportunities', deal, 'plan', { input: { activityType: 'visit', subject: 'Measure the pantries 现场测量茶水间', dueDate: day(-1) } })
  await salesRep.send('opportunities', deal, 'plan', { input: { activityType: 'call', subject: 'Ask for the budget release 确认预算批复', dueDate: day(0) } })
}

async function* lostOpportunity({ people: { salesRep }, day }: Desk, { customers, contacts }: Masters): Scene {
  yield -34
  const deal = await salesRep.create('opportunities', {
    name: 'Rooftop bar 顶层酒吧', customer: customers.hotel, contact: contacts.hotel, amount: '13600', closeDate: day(-15), requirement: 'Two two-group machines 两台双头机',
  })
  await salesRep.send('opportunities', deal, 'qualify')
  yield -20
  await salesRep.send('opportunities', deal, 'lose', { input: { lossReason: 'competitor', lossNote: 'Bought a lever machine elsewhere 客户选购了拉杆机' } })
}

/** The second version of a quote, which ends in two days: today's most urgent call. */
async function* negotiation({ people: { salesRep }, day, latest }: Desk, { customers, contacts, parts }: Masters): Scene {
  yield -18
  const deal = await salesRep.create('opportunities', {
    name: 'Stockholm showroom 斯德哥尔摩展厅', customer: customers.nordic, contact: contacts.nordic, amount: '72000', closeDate: day(12),
    requirement: 'Eight two-group machines and eight grinders before the fair 展会前交付八台双头机、八台磨豆机',
  })
  await salesRep.send('opportunities', deal, 'qualify')
  yield -16
  await salesRep.send('opportunities', deal, 'quote')
  const first = await latest('quotes', 'opportunity', deal)
  await salesRep.edit('quotes', first, { terms: 'FCA Shaoxing, payable within 30 days.', requestedDate: day(35) }, [
    { part: parts.duo, quantity: '8' }, { part: parts.grinder, quantity: '8' }, { part: parts.tamper, quantity: '16' },
  ])
  await salesRep.send('quotes', first, 'send')
  yield -11
  await salesRep.send('quotes', first, 'revise')
  const second = await latest('quotes', 'revises', first)
  await salesRep.edit('quotes', second, { validUntil: day(2) }, [
    { part: parts.duo, quantity: '8', discountPercent: '4' }, { part: parts.grinder, quantity: '8', discountPercent: '4' }, { part: parts.tamper, quantity: '16' },
  ])
  await salesRep.send('quotes', second, 'send')
  await salesRep.send('opportunities', deal, 'negotiate')
  yield -4
  await salesRep.send('opportunities', deal, 'plan', { input: { activityType: 'call', subject: 'Answer on the 4 % discount 回复 4% 折扣', dueDate: day(0) } })
}

/** Nobody called: the quote ended, and two weeks without a step put the opportunity at risk. */
async function* expiredQuote({ people: { salesRep }, day, latest }: Desk, { customers, contacts, parts }: Masters): Scene {
  yield -40
  const deal = await salesRep.create('opportunities', {
    name: 'Breakfast room 早餐厅', customer: customers.hotel, contact: contacts.hotel, amount: '9600', closeDate: day(-6), requirement: 'One machine and a grinder 一台咖啡机与一台磨豆机',
  })
  await salesRep.send('opportunities', deal, 'qualify')
  yield -37
  await salesRep.send('opportunities', deal, 'quote')
  const quote = await latest('quotes', 'opportunity', deal)
  await salesRep.edit('quotes', quote, { validUntil: day(-8) }, [{ part: parts.duo, quantity: '1' }, { part: parts.grinder, quantity: '1' }, { part: parts.installation, quantity: '4' }])
  await salesRep.send('quotes', quote, 'send')
}

/** The calls that deliveries asked for are made each week; the latest ones are still open. */
async function* followUps({ people: { salesRep }, store, day }: Desk): Scene {
  for (const week of [-35, -28, -21, -14, -7]) {
    yield week
    const calls = await store.find('activities', {
      where: { and: [{ 'workflow.state': { equals: 'open' } }, { activityType: { equals: 'call' } }, { dueDate: { less_than_equal: day(week) } }] }, sort: 'dueDate',
    })
    for (const { id } of calls) await salesRep.send('activities', id, 'complete', { input: { outcome: 'All well 一切正常' } })
  }
}
