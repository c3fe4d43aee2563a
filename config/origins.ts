/** Origins whose pages may use a session's cookie: the public address; on one's own machine under both its names. */
export function trustedOrigins(publicUrl: string): string[] {
  const { origin } = new URL(publicUrl)
  return origin.includes('//localhost') ? [origin, origin.replace('//localhost', '//127.0.0.1')] : [origin]
}
