import type { Operand } from '../../../config/language/references.ts'
import { isEmpty, valueOf, type Values } from './operands.ts'

/** What an action that touches nothing but the document has to go by. */
export type DocumentStep = Values & {
  readonly document: Record<string, unknown>
  readonly params: Readonly<Record<string, unknown>>
  readonly input: Readonly<Record<string, unknown>>
}

/** Actions that change the document and nothing else, so that they can also be tried out without a transaction. */
export const documentActions: Readonly<Record<'core.setField' | 'core.applyInput' | 'core.increment', (step: DocumentStep) => void>> = {
  'core.setField': ({ params, document, ...values }) => {
    const { field, value, onlyIfEmpty } = params as unknown as { field: string; value: Operand; onlyIfEmpty?: boolean }
    if (onlyIfEmpty && !isEmpty(document[field])) return
    document[field] = valueOf(value, { ...values, document }) ?? null
  },
  'core.applyInput': ({ params, document, input }) => {
    for (const name of params.fields as readonly string[]) if (!isEmpty(input[name])) document[name] = input[name]
  },
  'core.increment': ({ params, document }) => {
    const name = String(params.field)
    document[name] = Number(document[name] ?? 0) + 1
  },
}

export const isDocumentAction = (type: string): type is keyof typeof documentActions => Object.hasOwn(documentActions, type)
