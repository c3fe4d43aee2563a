import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../admin/theme/tokens.css', import.meta.url), 'utf8')
const tokensOf = (rule: string) => Object.fromEntries(
  [...(css.split(`${rule} {`)[1]?.split('}')[0] ?? '').matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, colour]) => [name, colour]))
const light = tokensOf(':root')
const themes = { light, dark: { ...light, ...tokensOf("html[data-theme='dark']") } }

/** Relative luminance of a colour `#rrggbb`, 0 to 1 (WCAG 2.2). */
function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrastOf(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b)
  return (bright + 0.05) / (dark + 0.05)
}

const grounds = ['ground', 'ground-side', 'ground-raised', 'ground-hover', 'ground-pressed', 'ground-field']
const texts = ['ink', 'ink-soft', 'ink-faint', 'accent-text', 'bad-text']
const pairs = [
  ...texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)),
  ...['neutral', 'waiting', 'good', 'warning', 'bad'].map((tone) => [`${tone}-text`, `${tone}-ground`] as const),
  ['accent-ink', 'accent'], ['accent-ink', 'accent-hover'], ['accent-text', 'accent-ground'], ['ground', 'bad-text'], ['tip-ink', 'tip'],
] as const

describe.each(Object.entries(themes))('the %s theme', (_name, tokens: Record<string, string | undefined>) => {
  it.each(pairs)('lets one read %s on %s: at least 4.5 to 1 (WCAG 2.2, 1.4.3)', (text, ground) => {
    expect(contrastOf(tokens[text] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(4.5)
  })
})
