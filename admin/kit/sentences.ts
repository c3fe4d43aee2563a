import type { Text } from '../../config/language/text.ts'

export type Sentence = { readonly line?: number; readonly message: Text }

/** The sentences of a kept list of findings ({ line?, message: {en, zh} } each); null where any part is not one. */
export function sentencesOf(value: unknown): readonly Sentence[] | null {
  if (!Array.isArray(value) || value.length === 0) return null
  const sentences = value.flatMap((part: unknown) => {
    if (!isRecord(part) || !isRecord(part.message)) return []
    const { en, zh } = part.message
    if (typeof en !== 'string' || typeof zh !== 'string') return []
    return [{ message: { en, zh }, ...(typeof part.line === 'number' ? { line: part.line } : {}) }]
  })
  return sentences.length === value.length ? sentences : null
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null
