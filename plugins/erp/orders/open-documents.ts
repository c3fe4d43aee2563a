import { text } from '../../../config/language/fields.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import type { GuardQuestion, GuardType } from '../../../workflows/engine/registry.ts'
import type { Row, Store } from '../../core/data/store.ts'
import type { FactLoader, FactQuestion } from '../../core/platform/plugin.ts'
import { stateOf } from '../../core/workflow/pinned.ts'

/** Documents made from a document that are not done: drafts, blocked bills, deposit invoices not settled. */
export type OpenDocument = { readonly entity: string; readonly number: string | null; readonly label: { readonly en: string; readonly zh: string } }

export const openDocumentFacts: readonly FactLoader[] = [{ name: 'erp.openDocuments', load: loadOpenDocuments }]

export const openDocumentGuards: readonly GuardType[] = [
  {
    type: 'erp.noOpenDocuments',
    label: { en: 'No open documents came from it', zh: '没有未完成的后续单据' },
    facts: ['erp.openDocuments'],
    params: [text('entities', { en: 'Document types', zh: '单据类型' }, { required: true, many: true })],
    check: checkNoneOpen,
  },
]

const followers = ['deliveries', 'invoices', 'credit-notes', 'receipts', 'supplier-bills'] as const

async function loadOpenDocuments(store: Store, { entity, documents, entities }: FactQuestion): Promise<Map<string, readonly OpenDocument[]>> {
  const result = new Map<string, OpenDocument[]>(documents.map(({ id }) => [id, []]))
  for (const slug of followers) {
    const definition = entities.get(slug)
    const relation = definition?.fields.find((field) => field.type === 'relation' && field.to === entity && !field.many)
    if (!definition || !relation) continue
    const rows = (await store.find<string>(slug, {
      where: { and: [{ [relation.name]: { in: [...result.keys()] } }, { 'workflow.state': { in: ['draft', 'blocked', 'posted'] } }] },
    })) as Row[]
    for (const row of rows) {
      if (stateOf(row) === 'posted' && row.invoiceKind !== 'deposit') continue
      result.get(String(row[relation.name]))?.push({ entity: slug, number: typeof row.number === 'string' ? row.number : null, label: definition.label })
    }
  }
  return result
}

function checkNoneOpen({ facts, params }: GuardQuestion): true | Refusal {
  const entities = params.entities as readonly string[]
  const open = ((facts['erp.openDocuments'] ?? []) as readonly OpenDocument[]).filter(({ entity }) => entities.includes(entity))
  if (open.length === 0) return true
  const list = (language: 'en' | 'zh') => open.map(({ number, label }) => `${label[language]} ${number ?? ''}`.trim()).join(language === 'en' ? ', ' : '、')
  return {
    code: 'openDocuments',
    message: {
      en: `Not finished yet: ${list('en')}. Post, cancel or discard what came from this document first.`,
      zh: `尚未完成：${list('zh')}。请先过账、取消或删除这些后续单据。`,
    },
  }
}
