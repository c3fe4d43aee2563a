/** This machine's settings are none of a test's business; vitest sets NODE_ENV. */
export function withoutSettings(env: NodeJS.ProcessEnv): Record<string, string> {
  const own = /^(TRELLIS_.*|DATABASE_URL|DATA_DIR|PUBLIC_URL|PORT|HOST|TRUSTED_PROXIES|BODY_LIMIT_MB|UPLOAD_LIMIT_MB|RATE_LIMIT_.*|OWNER_.*|LOG_LEVEL|NODE_ENV|NODE_OPTIONS|VITEST.*)$/
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && !own.test(entry[0])))
}
