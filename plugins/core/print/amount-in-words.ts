import { powerOfTen, toBig } from '../engine/decimal.ts'

/**
 * An amount of renminbi in the capital numerals that Chinese business papers add against forgery: 1204.50 is
 * 壹仟贰佰零肆元伍角整. `amount` is fen. Source: 中国人民银行《支付结算办法》附一《正确填写票据和结算凭证的基本规定》.
 */
export function renminbiInWords(amount: number): string {
  const fen = toBig(amount)
  const magnitude = fen < 0n ? -fen : fen
  const yuan = magnitude / 100n
  const jiao = Number((magnitude / 10n) % 10n)
  const cent = Number(magnitude % 10n)
  const head = yuan > 0n ? `${wholeInWords(yuan)}元` : ''
  const middle = jiao > 0 ? `${digits[jiao]}角` : cent > 0 && head ? '零' : ''
  const tail = cent > 0 ? `${digits[cent]}分` : '整'
  return `${fen < 0n ? '负' : ''}${head || middle || cent > 0 ? `${head}${middle}${tail}` : '零元整'}`
}

const digits = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖']
const units = ['', '拾', '佰', '仟']
const groups = ['', '万', '亿', '万亿', '亿亿']

/** Groups of four digits; a gap of zeros of any length is read as one 零. */
function wholeInWords(value: bigint): string {
  let words = ''
  let gap = false
  for (let group = groups.length - 1; group >= 0; group--) {
    const part = Number((value / powerOfTen(4 * group)) % 10_000n)
    if (part === 0) {
      gap = words !== ''
      continue
    }
    if (words !== '' && (gap || part < 1000)) words += '零'
    words += `${groupInWords(part)}${groups[group]}`
    gap = false
  }
  return words
}

function groupInWords(part: number): string {
  let words = ''
  let gap = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.trunc(part / 10 ** place) % 10
    if (digit === 0) gap = words !== ''
    else {
      words += `${gap ? '零' : ''}${digits[digit]}${units[place]}`
      gap = false
    }
  }
  return words
}
