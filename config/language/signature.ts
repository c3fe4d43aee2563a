import type { FieldDefinition } from './entity.ts'

/** A point of a drawn line, within the pad. */
export type Point = readonly [x: number, y: number]
/** The pad on which people sign; its points are whole numbers. */
export const pad = { width: 1_000, height: 300 } as const

/** What someone has signed with: lines drawn by finger, pen or mouse, or their name, typed. */
export type SignatureMark = { readonly strokes: readonly (readonly Point[])[] } | { readonly typed: string }

/** What stands in a field of type `signature`. All but the mark is written by the server. */
export type Signature = {
  /** Who has signed: the name and, of an account, the address in brackets. */
  readonly signer: string
  /** UTC ISO. */
  readonly at: string
  /** When something else of the record was first changed since. */
  readonly changedAt?: string
  /** Id of the person, or `page:<slug>` for anyone by a public page. */
  readonly by: string
  readonly mark: string
}

export const isSignature = ({ type }: Pick<FieldDefinition, 'type'>): boolean => type === 'signature'

/** Kept and spoken as one text that begins with the name, so that lists sort by it and find it. */
export const writeSignature = ({ signer, at, changedAt = '', by, mark }: Signature): string => [signer.replace(/[\p{Cc}\p{Cs}/]+/gu, ' ').trim().slice(0, longestSigner) || '—', at, changedAt, by, mark].join('/')

/** @returns undefined for a text that is no signature */
export function readSignature(value: unknown): Signature | undefined {
  const [, signer, at, changedAt, by, mark] = (typeof value === 'string' && value.length <= longest && written.exec(value)) || []
  if (signer === undefined || at === undefined || by === undefined || mark === undefined || !readMark(mark)) return undefined
  return { signer, at, ...(changedAt ? { changedAt } : {}), by, mark }
}

/** What a person enters: "drawn:10,20 12,25;40,50 44,52", points in strokes, or "typed:Ann Miller". There is nothing in it that could run. */
export const writeMark = (mark: SignatureMark): string => ('typed' in mark ? `typed:${mark.typed}` : `drawn:${mark.strokes.map((stroke) => stroke.map((point) => point.join(',')).join(' ')).join(';')}`)

/** @returns undefined for a text that is no mark, or too little to be anyone's */
export function readMark(value: unknown): SignatureMark | undefined {
  if (typeof value !== 'string' || value.length > mostMark) return undefined
  if (value.startsWith('typed:')) {
    const typed = value.slice('typed:'.length)
    return typed === typed.trim() && /^[^\p{Cc}\p{Cs}]{2,100}$/u.test(typed) ? { typed } : undefined
  }
  if (!/^drawn:\d{1,4},\d{1,3}(?:[ ;]\d{1,4},\d{1,3})*$/.test(value)) return undefined
  const strokes = value.slice('drawn:'.length).split(';').map((stroke) => stroke.split(' ').map((point): Point => {
    const [x = '', y = ''] = point.split(',')
    return [Number(x), Number(y)]
  }))
  const points = strokes.flat()
  return points.length >= leastPoints && points.every(([x, y]) => x <= pad.width && y <= pad.height) ? { strokes } : undefined
}

/** Longest text of a mark; some 1,500 points. */
export const mostMark = 12_000
/** A dot is nobody's signature. */
export const leastPoints = 3
/** A name and an address. */
const longestSigner = 400
const longest = mostMark + longestSigner + 200
const moment = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`
const written = new RegExp(`^([^/\\p{Cc}]{1,${longestSigner}})/(${moment})/(${moment})?/([^/]{1,80})/([^]+)$`, 'u')

/** The lines of a drawing as the data of an SVG path: numbers and the letters M, L and Q, whatever was stored. */
export function pathOf(strokes: readonly (readonly Point[])[]): string {
  return strokes.map(([first, ...rest]) => {
    if (!first) return ''
    const last = rest.at(-1) ?? first
    const curves = rest.slice(0, -1).map(([x, y], index) => {
      const [nextX, nextY] = rest[index + 1] ?? last
      return `Q${x} ${y} ${(x + nextX) / 2} ${(y + nextY) / 2}`
    })
    return `M${first.join(' ')}${curves.join('')}L${last.join(' ')}`
  }).join('')
}
