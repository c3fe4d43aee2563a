type Part = { readonly text: string; readonly address?: string }

/** A web address; what ends a sentence or a bracket behind it, in either script, is none of it. */
const address = /https?:\/\/[^\s<>"'“”‘’，。；：！？、（）《》【】]+/g
const behind = /[.,;:!?)\]}]+$/

/** A text in parts, those that are web addresses with where they lead. Nothing else becomes a link: a written "javascript:" is text. */
export function linkedText(text: string): readonly Part[] {
  const parts: Part[] = []
  let end = 0
  for (const { 0: found, index } of text.matchAll(address)) {
    const link = found.replace(behind, '')
    if (link.length <= 'https://'.length) continue
    parts.push({ text: text.slice(end, index) }, { text: link, address: link })
    end = index + link.length
  }
  return [...parts, { text: text.slice(end) }].filter((part) => part.text !== '')
}
