/** A place on earth by WGS 84, in exact decimal degrees; north and east are positive. */
export type Position = { readonly latitude: string; readonly longitude: string; /** Metres within which it is. */ readonly accuracy?: string }

/**
 * Kept and spoken as a geo URI (RFC 5870), "geo:47.3769,8.5417;u=12": it names its datum and its order by itself, carries how exact it is,
 * opens in a phone's map, and no spreadsheet takes it for a formula, as it does "-33.9,18.4".
 */
export const writePosition = ({ latitude, longitude, accuracy }: Position): string => `geo:${latitude},${longitude}${accuracy === undefined ? '' : `;u=${accuracy}`}`

/** As people read it: "47.3769, 8.5417". */
export const positionText = ({ latitude, longitude }: Position): string => `${latitude}, ${longitude}`

/** Where the place is shown on a map: an address that is opened, never loaded. */
export const mapOf = ({ latitude, longitude }: Position): string => `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`

/** What a device says of where it is; beyond a centimetre it does not know. */
export const positionOfDevice = ({ latitude, longitude, accuracy }: { readonly latitude: number; readonly longitude: number; readonly accuracy: number }): Position | undefined =>
  readPosition(`geo:${latitude.toFixed(7)},${longitude.toFixed(7)};u=${Math.max(1, Math.ceil(accuracy))}`)

/**
 * A place as it is kept, or as people and devices write it: "47.3769, 8.5417", "47,3769; 8,5417", "N47.3769 E8.5417", 47°22'37"N 8°32'30"E,
 * 北纬31°13′24″ 东经121°28′12″. Decimal degrees stay exact, of at most 7 decimals (a centimetre); minutes and seconds become such, rounded.
 * @returns undefined for what is none, or lies beyond a pole or the antimeridian
 */
export function readPosition(written: string): Position | undefined {
  if (written.length > longest) return undefined
  const text = plain(written)
  const uri = /^GEO:([^,;]+,[^,;]+)(?:;CRS=WGS84)?(?:;U=(\d{1,8}(?:\.\d{1,3})?))?$/.exec(text)
  if (!uri) return pairsIn(text).map(placeOf).find((place) => place !== undefined)
  const place = placeOf((uri[1] ?? '').split(','))
  return place && { ...place, ...(uri[2] === undefined ? {} : { accuracy: tidy(uri[2]) }) }
}

/** The two angles of a place, in the order of their hemispheres where these are named. */
function placeOf(halves: readonly string[]): Position | undefined {
  const [first, second] = halves.map((half) => angle.exec(half))
  if (!first || !second || halves.length !== 2) return undefined
  const isSwapped = /[EW]/.test(letterOf(first)) && /[NS]/.test(letterOf(second))
  const [north, east] = isSwapped ? [second, first] : [first, second]
  const latitude = degrees(north, 'NS', 90)
  const longitude = degrees(east, 'EW', 180)
  return latitude === undefined || longitude === undefined || (letterOf(north) === '') !== (letterOf(east) === '') ? undefined : { latitude, longitude }
}

const longest = 100

/** One way to write signs and hemispheres. */
const plain = (text: string): string => text
  .replace(/[″”“]|''|′′/g, '"').replace(/[′’‘]/g, "'").replace(/[º˚度]/g, '°').replace(/分/g, "'").replace(/秒/g, '"').replace(/[−–]/g, '-')
  .replace(/北纬/g, 'N').replace(/南纬/g, 'S').replace(/东经/g, 'E').replace(/西经/g, 'W').replace(/、/g, ',')
  .normalize('NFKC').trim().toUpperCase()

/** 1: hemisphere in front, 2: sign, 3: degrees, 4: minutes, 5: seconds, 6: hemisphere behind. */
const angle = /^ *([NSEW])? *([+-])?(\d{1,3}(?:\.\d{1,12})?) *(?:° *(?:(\d{1,2}(?:\.\d{1,10})?) *' *(?:(\d{1,2}(?:\.\d{1,8})?) *" *)?)?)?([NSEW])? *$/

/** What could be the two angles: on either side of a semicolon, a comma, a space, or the letter of a hemisphere. */
function pairsIn(text: string): readonly (readonly string[])[] {
  if (text.includes(';')) return [text.split(';').map((half) => half.replace(',', '.'))]
  if (text.includes(',')) return [text.split(',')]
  return Array.from(text, (_, at) => at).filter((at) => at > 0 && /[ NSEW]/.test(text.slice(at - 1, at + 1))).map((at) => [text.slice(0, at), text.slice(at)])
}

const letterOf = (half: RegExpExecArray): string => half[1] ?? half[6] ?? ''

function degrees(half: RegExpExecArray, letters: string, most: number): string | undefined {
  const [, front, sign, whole = '', minutes, seconds, behind] = half
  const letter = letterOf(half)
  if ((letter !== '' && !letters.includes(letter)) || (front !== undefined && behind !== undefined) || (letter !== '' && sign !== undefined)) return undefined
  if (minutes === undefined && (whole.split('.')[1]?.length ?? 0) > mostDecimals) return undefined
  // Only the last part of an angle has decimals.
  if ((minutes !== undefined && whole.includes('.')) || (seconds !== undefined && minutes?.includes('.')) || Number(minutes ?? 0) >= 60 || Number(seconds ?? 0) >= 60) return undefined
  const value = minutes === undefined ? whole : (Number(whole) + Number(minutes) / 60 + Number(seconds ?? 0) / 3600).toFixed(mostDecimals)
  if (Number(value) > most) return undefined
  const isNegative = sign === '-' || letter === 'S' || letter === 'W'
  const written = tidy(value)
  return isNegative && written !== '0' ? `-${written}` : written
}

const mostDecimals = 7
/** Without zeros that say nothing: "007.50" is "7.5". */
const tidy = (digits: string): string => (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits).replace(/^0+(?=\d)/, '')
