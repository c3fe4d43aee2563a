import type { ViewBucket } from '../../../config/language/view.ts'
import { addDays, addMonths, daysBetween } from './dates.ts'

/** Spans of days, by the day they begin with: weeks on Monday, as ISO 8601 has them. */
export function bucketStart(date: string, bucket: ViewBucket): string {
  switch (bucket) {
    case 'day': return date
    // 1 January 1970 was a Thursday.
    case 'week': return addDays(date, -((((daysBetween('1970-01-01', date) + 3) % 7) + 7) % 7))
    case 'month': return `${date.slice(0, 7)}-01`
    case 'quarter': return `${date.slice(0, 5)}${String(Math.floor((Number(date.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`
    case 'year': return `${date.slice(0, 4)}-01-01`
  }
}

export function nextBucket(start: string, bucket: ViewBucket): string {
  switch (bucket) {
    case 'day': return addDays(start, 1)
    case 'week': return addDays(start, 7)
    case 'month': return addMonths(start, 1)
    case 'quarter': return addMonths(start, 3)
    case 'year': return addMonths(start, 12)
  }
}

/** All spans from the first to the last, or undefined when there are more than `most`. */
export function bucketsBetween({ first, last, bucket, most }: { readonly first: string; readonly last: string; readonly bucket: ViewBucket; readonly most: number }): string[] | undefined {
  const starts: string[] = []
  for (let start = first; start <= last; start = nextBucket(start, bucket)) {
    if (starts.length === most) return undefined
    starts.push(start)
  }
  return starts
}
