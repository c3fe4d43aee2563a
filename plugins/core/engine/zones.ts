/** Whether a text names a time zone of the IANA database ("Asia/Shanghai", "UTC"); offsets such as "+08:00" are no zone. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}
