import type { PayloadHandler } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import { languages, type Language } from '../../../config/language/text.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { failQuestion } from '../errors.ts'
import { composePaper } from './compose-paper.ts'
import { loadSource, type PaperSource } from './load-source.ts'
import { renderPdf } from './render-pdf.ts'

/** GET /api/<entity>/:id/pdf?language=en|zh: the document as PDF, by default in the language of whom it is for. */
export function printHandler(entity: EntityDefinition): PayloadHandler {
  return async (req) => {
    const actor = await actorOfRequest(req)
    const asked = languageOf(req.query?.language)
    const source = await loadSource(req.payload, actor, { entity, id: String(req.routeParams?.id) })
    const paper = composePaper(source, asked ?? languageOfPartner(source) ?? (req.i18n.language === 'zh' ? 'zh' : 'en'))
    const pdf = await renderPdf(paper)
    return new Response(pdf, {
      headers: {
        'Content-Type': 'application/pdf',
        'Content-Disposition': disposition('inline', { name: `${paper.title} ${paper.number}.pdf`, plain: `${entity.label.en} ${plainNumber(source)}.pdf` }),
        'Cache-Control': 'private, no-store',
      },
    })
  }
}

/** A query's language, or undefined when it names none. @throws 400 for any other */
export function languageOf(asked: unknown): Language | undefined {
  if (asked === undefined || asked === '') return undefined
  return languages.find((language) => language === asked)
    ?? failQuestion('language', { en: 'language must be "en" or "zh".', zh: 'language 必须是“en”或“zh”。' })
}

/** RFC 6266: the name in UTF-8, and a plain one in ASCII for readers that do not know it. */
export function disposition(kind: 'inline' | 'attachment', { name, plain: given }: { readonly name: string; readonly plain: string }): string {
  const plain = given.replace(/[^\w. -]/g, '').replace(/\s+/g, ' ').trim()
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`
}

const plainNumber = ({ document }: PaperSource) => (typeof document.number === 'string' && document.number ? document.number : 'draft')

function languageOfPartner({ definition, document, entity, related }: PaperSource): Language | undefined {
  const { field } = definition.addressee
  const to = entity.fields.find(({ name }) => name === field)?.to
  return languages.find((language) => language === related(to ?? '', document[field])?.row.language)
}
