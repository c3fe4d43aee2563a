import type { DocumentView } from '../../plugins/core/views/document-view.ts'

/** What a document is called; one without a number or name of its own (stock of a part) by what it refers to: "GR-64 · QA". */
export function nameOf({ entity, document, title, titles }: DocumentView): string {
  if (title.unnamed) return ''
  if (!document || title.title !== document.id) return title.title
  const references = entity.listColumns.flatMap((name) => {
    const field = entity.fields.find((one) => one.name === name)
    return field?.type === 'relation' ? titles[field.to ?? '']?.[String(document[name])]?.title ?? [] : []
  })
  return references.slice(0, 3).join(' · ')
}
