import { DateTime } from 'luxon'
import type { DelayType } from '../../workflows/engine/registry.ts'

export const crmDelays: readonly DelayType[] = [
  {
    type: 'crm.quoteValidity', label: { en: 'Until the validity of the quote ends', zh: '至报价有效期结束' },
    milliseconds({ document, now, timeZone }) {
      const end = DateTime.fromISO(String(document.validUntil), { zone: timeZone }).plus({ days: 1 }).startOf('day')
      return Math.max(0, end.diff(DateTime.fromISO(now)).as('milliseconds'))
    },
  },
]
