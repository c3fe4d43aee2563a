import type { Leads, Opportunities } from '../../config/generated/entities.ts'
import type { CommandContext } from '../core/commands/context.ts'
import { fail, failRefused } from '../core/errors.ts'
import type { ActionHandler } from '../core/platform/plugin.ts'
import { stateOf } from '../core/workflow/pinned.ts'

type ConvertInput = { opportunity?: string | null; customer?: string | null; name?: string | null; amount?: number | null; closeDate?: string | null }

/** Leads a lead into an opportunity: a new one, or one that exists. What is missing (customer, contact) is made from the lead. */
export const convertLead: ActionHandler = {
  type: 'crm.convertLead', label: { en: 'Convert the lead', zh: '线索转商机' },
  async run(context, { entity, document, input }) {
    const lead = document as Leads
    const asked = input as ConvertInput
    const existing = asked.opportunity ? await openOpportunity(context, asked.opportunity) : undefined
    const customer = await customerFor(context, { lead, asked, existing })
    const contact = await contactFor(context, lead, customer)
    const source = { entity, id: lead.id }
    let opportunity = existing?.id
    if (existing) {
      await context.edit('opportunities', existing.id, { values: {
        lead: existing.lead ?? lead.id, contact: existing.contact ?? contact, requirement: existing.requirement || lead.requirement,
        ...given({ amount: asked.amount, closeDate: asked.closeDate }),
      } })
      // What led into an opportunity belongs to its trace.
      document.traceId = existing.traceId
      await context.link(source, { entity: 'opportunities', id: existing.id }, existing.traceId)
    }
    opportunity ??= await context.create('opportunities', {
      values: {
        company: lead.company, name: asked.name || lead.organisation, customer, contact, owner: lead.owner, lead: lead.id, requirement: lead.requirement,
        ...given({ amount: asked.amount, closeDate: asked.closeDate }),
      },
      sources: [source],
    })
    Object.assign(document, { customer, contact, opportunity })
  },
}

async function openOpportunity(context: CommandContext, id: string): Promise<Opportunities> {
  const opportunity = await context.store.get('opportunities', id)
  if (!opportunity) fail('notFound', { entity: context.entity('opportunities').label, id })
  if (!['won', 'lost'].includes(stateOf(opportunity) ?? '')) return opportunity
  return failRefused([{
    code: 'opportunityClosed', path: 'opportunity',
    message: {
      en: `Opportunity ${opportunity.number} is already won or lost. Choose an open one, or leave it empty for a new one.`,
      zh: `商机 ${opportunity.number} 已赢单或输单，请选择进行中的商机，或留空以新建商机。`,
    },
  }])
}

async function customerFor(
  context: CommandContext, { lead, asked, existing }: { lead: Leads; asked: ConvertInput; existing: Opportunities | undefined },
): Promise<string> {
  if (existing && asked.customer && asked.customer !== existing.customer) {
    failRefused([{
      code: 'otherCustomer', path: 'customer',
      message: {
        en: `Opportunity ${existing.number} belongs to another customer. Leave the customer empty, or choose an opportunity of this customer.`,
        zh: `商机 ${existing.number} 属于其他客户。请将客户留空，或选择该客户的商机。`,
      },
    }])
  }
  if (existing) return existing.customer
  if (asked.customer) return (await context.store.get('customers', asked.customer))?.id ?? fail('notFound', { entity: context.entity('customers').label, id: asked.customer })
  const company = await context.company(lead.company)
  return context.create('customers', {
    values: {
      name: lead.organisation, country: lead.country, email: lead.email, phone: lead.phone,
      owner: lead.owner, language: lead.country === 'CN' ? 'zh' : company.language,
    },
    sources: [{ entity: 'leads', id: lead.id }],
  })
}

/** The customer's contact with this email or name, else a new one; null when the lead names nobody. */
async function contactFor(context: CommandContext, lead: Leads, customer: string): Promise<string | null> {
  const name = lead.personName || lead.email || lead.phone
  if (!name) return null
  const known = await context.store.find('contacts', { where: { customer: { equals: customer } } })
  const same = known.find((contact) => (lead.email && contact.email === lead.email) || contact.name === name)
  return same?.id ?? context.create('contacts', {
    values: { name, customer, email: lead.email, phone: lead.phone, mainContact: known.length === 0 },
  })
}

const given = (values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined))
