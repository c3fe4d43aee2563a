// What number formats of spreadsheets show (ECMA-376 part 1, 18.8.30 and 18.8.31).

/**
 * The kind of number that a format shows: 'date', 'percent', a code of so many digits ("digits 5": 00042), an amount ("money €",
 * "money USD"), or just 'number'. Formats without a code are built in: 27–36 and 50–58 are dates of East Asian programs.
 * @param {number} id
 * @param {string | undefined} code
 */
export function kindOf(id, code) {
  if (code === undefined) {
    if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47 && id !== 46) || (id >= 50 && id <= 58)) return 'date'
    return id === 9 || id === 10 ? 'percent' : 'number'
  }
  // Quoted words, colours and conditions, escaped and spacing signs say nothing; [h] counts hours, which is no date.
  const [bare = ''] = code.replace(/"[^"]*"/g, '').replace(/\\.|_.|\*./g, '').split(';')
  if (/\[(?:h+|m+|s+)\]/i.test(bare)) return 'number'
  const signs = bare.replace(/\[[^\]]*\]/g, '').replace(/general|e[+-]/gi, '')
  if (/[ymdhs年月日时分秒]/i.test(signs)) return 'date'
  if (/^0{2,30}$/.test(signs)) return `digits ${signs.length}`
  if (signs.includes('%')) return 'percent'
  const currency = currencyOf(code)
  return currency ? `money ${currency}` : 'number'
}

/** The sign or code of a currency that a format shows beside its positive figures: [$€-407], "$", \\¥ or $. @param {string} code */
function currencyOf(code) {
  for (const [token, sign, place = '', quoted, escaped] of code.matchAll(/\[\$([^\]-]*)(?:-([^\]]*))?\]|"([^"]*)"|\\(.)|_.|\*.|;|\p{Sc}/gu)) {
    if (token === ';') return undefined
    const shown = (sign ?? quoted ?? escaped ?? token).normalize('NFKC').trim()
    if (sign) return /^[$¥]$/.test(shown) ? places[place.toUpperCase().replace(/^0+/, '')] ?? shown : shown
    if (/^\p{L}{0,3}\p{Sc}$/u.test(shown) || shown === '元' || codes.has(shown)) return shown
  }
  return undefined
}

const codes = new Set(Intl.supportedValuesOf('currency'))
/** Whose dollar or yen it is, by the language and country beside the sign: a number in older files, a name in newer ones. */
const places = {
  '409': 'USD', 'EN-US': 'USD', '1009': 'CAD', 'EN-CA': 'CAD', C09: 'AUD', 'EN-AU': 'AUD', '1409': 'NZD', 'EN-NZ': 'NZD', C04: 'HKD', 'ZH-HK': 'HKD', '404': 'TWD', 'ZH-TW': 'TWD',
  '1004': 'SGD', 'ZH-SG': 'SGD', '4809': 'SGD', 'EN-SG': 'SGD', '80A': 'MXN', 'ES-MX': 'MXN', '411': 'JPY', 'JA-JP': 'JPY', '804': 'CNY', 'ZH-CN': 'CNY',
}
