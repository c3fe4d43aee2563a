/** A longest time span: a thousand years is a mistake of typing. */
const mostMinutes = 525_960_000

/** Minutes of a time span as people write it: "90", "1:30", "1h 30m", "1.5 h", "1小时30分", "2d"; undefined where it is none. A day has 24 hours. */
export function readDuration(text: string): number | undefined {
  const plain = text.normalize('NFKC').trim().toLowerCase()
  const clock = /^(\d{1,7}):([0-5]\d)$/.exec(plain)
  if (clock) return within(Number(clock[1]) * 60 + Number(clock[2]))
  if (/^\d{1,9}$/.test(plain)) return within(Number(plain))
  const parts = /^(?:(\d{1,6}(?:\.\d{1,4})?) ?(?:d|days?|天))? ?(?:(\d{1,7}(?:\.\d{1,4})?) ?(?:h|hours?|小时|时))? ?(?:(\d{1,9}) ?(?:m|min|minutes?|分钟|分))?$/.exec(plain)
  if (plain === '' || !parts) return undefined
  const [, days = '0', hours = '0', minutes = '0'] = parts
  return within(Math.round(Number(days) * 1440 + Number(hours) * 60 + Number(minutes)))
}

const within = (minutes: number) => (minutes <= mostMinutes ? minutes : undefined)

/** Minutes as hours and minutes: 90 is "1:30". */
export const writeDuration = (minutes: number): string => `${minutes < 0 ? '-' : ''}${Math.floor(Math.abs(minutes) / 60)}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`
