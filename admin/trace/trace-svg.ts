'use client'

import type { Trace, TraceNode } from '../../plugins/core/trace/trace.ts'
import { formatDateText, formatMoneyText } from '../kit/format.ts'
import { smoothPath, textWidth } from '../kit/graph-layout.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { pictureTexts } from '../locales/picture-texts.ts'
import { edgeId, placeTrace } from './trace-layout.ts'
import { quantitiesText } from './unit-quantities.ts'

/** The trace as an SVG file that stands alone, in the colours of the screen. */
export function useTraceSvg(trace: Trace): () => string {
  const say = useText()
  const { firm, language } = useKit()
  return () => {
    const placed = placeTrace(trace, 'LR')
    const style = getComputedStyle(document.documentElement)
    const colour = (name: string) => escape(style.getPropertyValue(`--${name}`).trim())
    const text = (x: number, y: number, content: string, more: string) => `<text x="${x}" y="${y}" ${more}>${escape(content)}</text>`
    const box = (node: TraceNode) => {
      const { x, y, width, height } = placed.nodes.get(node.id) ?? { x: 0, y: 0, width: 0, height: 0 }
      const tone = node.tone ?? 'neutral'
      return [
        `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${colour('ground-raised')}" stroke="${colour(node.redacted ? 'line' : 'line-strong')}"/>`,
        text(x + 12, y + 20, say(node.label), `font-size="12" fill="${colour('ink-soft')}"`),
        text(x + 12, y + 42, node.redacted ? '•••' : shortened(node.number ?? say(pictureTexts.draft)), `font-size="13" font-weight="600" fill="${colour('ink')}"`),
        text(x + 12, y + 67, node.redacted ? say(pictureTexts.redacted) : node.stateLabel ? say(node.stateLabel) : '', `font-size="12" fill="${colour(`${tone}-text`)}"`),
        text(x + width - 12, y + 20, node.amount ? formatMoneyText(node.amount, firm) : '', `font-size="12" text-anchor="end" fill="${colour('ink-soft')}"`),
        text(x + width - 12, y + 42, node.date ? formatDateText(node.date, language) : '', `font-size="12" text-anchor="end" fill="${colour('ink-soft')}"`),
      ].join('')
    }
    const edges = trace.edges.map((edge) => {
      const way = placed.edges.get(edgeId(edge))
      if (!way) return ''
      const label = edge.quantities.length > 0 ? quantitiesText(edge.quantities, language) : edge.amount ? formatMoneyText(edge.amount, firm) : ''
      const stroke = colour(edge.kind === 'peg' ? 'accent' : 'neutral-mark')
      return `<path d="${smoothPath(way.points)}" fill="none" stroke="${stroke}" stroke-width="1.4"${edge.kind === 'peg' ? ' stroke-dasharray="5 4"' : ''} marker-end="url(#arrow)"/>${text(way.label.x, way.label.y - 5, label, `font-size="12" text-anchor="middle" fill="${colour('ink-soft')}"`)}`
    })
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${placed.width}" height="${placed.height}" viewBox="0 0 ${placed.width} ${placed.height}" font-family="${escape(style.getPropertyValue('--font-body'))}"><defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="${colour('neutral-mark')}"/></marker></defs><rect width="100%" height="100%" fill="${colour('ground')}"/>${edges.join('')}${trace.nodes.map(box).join('')}</svg>`
  }
}

/** A title beside the date: some documents are called by a sentence. */
const shortened = (title: string) => (textWidth(title, 13) <= 112 ? title : `${[...title].slice(0, 9).join('')}…`)

const escape = (value: string) => value.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)
