/** Sum of decimal texts, exactly; texts that are no decimals count as nothing. Keeps the most digits of its parts. */
export function sumDecimalTexts(values: readonly string[]): string {
  const parts = values.flatMap((value) => /^(-?\d+)(?:\.(\d+))?$/.exec(value) ? [value] : [])
  const scale = Math.max(0, ...parts.map((value) => value.split('.')[1]?.length ?? 0))
  const total = parts.reduce((sum, value) => sum + scaled(value, scale), 0n)
  return unscaled(total, scale)
}

/** quantity × price − discount %, rounded half away from zero to `digits`: a preview only, the server's figure counts. */
export function previewAmount({ quantity, unitPrice, discountPercent, digits }: { quantity: string; unitPrice: string; discountPercent?: string; digits: number }): string | null {
  if (![quantity, unitPrice, discountPercent ?? '0'].every((value) => decimal.test(value))) return null
  const remaining = 100n * million - scaled(discountPercent ?? '0', 6)
  const product = scaled(quantity, 6) * scaled(unitPrice, 6) * remaining
  const divisor = 10n ** BigInt(12 + 8 - digits)
  const sign = product < 0n ? -1n : 1n
  return unscaled((product * 2n + sign * divisor) / (divisor * 2n), digits)
}

const decimal = /^-?\d+(?:\.\d{1,6})?$/
const million = 1_000_000n

function scaled(value: string, scale: number): bigint {
  const [whole = '0', fraction = ''] = value.replace('-', '').split('.')
  const magnitude = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'))
  return value.startsWith('-') ? -magnitude : magnitude
}

function unscaled(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  return `${value < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`
}
