import type { Finding } from '../../../config/language/refusal.ts'

/** What a warning is called when it is accepted: where it stands and what it says. */
export const warningKey = ({ code, path }: Pick<Finding, 'code' | 'path'>): string => `${path}:${code}`
