import type { Text } from '../../config/language/text.ts'

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** "1.4 GB"; a thousand and twenty-four of one make the next. */
export function sizeText(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  const value = bytes / 1_024 ** step
  return `${value.toFixed(value < 10 && step > 0 ? 1 : 0)} ${units[step]}`
}

const spans = [
  { seconds: 86_400, text: { en: '{count} d', zh: '{count} 天' } }, { seconds: 3_600, text: { en: '{count} h', zh: '{count} 小时' } },
  { seconds: 60, text: { en: '{count} min', zh: '{count} 分钟' } }, { seconds: 1, text: { en: '{count} s', zh: '{count} 秒' } },
] as const satisfies readonly { seconds: number; text: Text }[]

/** A span of time in its largest unit: "3 h". */
export function spanText(seconds: number, say: (text: Text, values: Record<string, string | number>) => string): string {
  const span = spans.find((each) => seconds >= each.seconds) ?? spans[3]
  return say(span.text, { count: Math.floor(seconds / span.seconds) })
}
