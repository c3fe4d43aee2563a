import { defaultLoggerOptions, type Config } from 'payload'
import type { Settings } from '../../../config/settings.ts'
import { logFaults } from '../api/log-faults.ts'
import { requestContext } from './request-context.ts'
import { standardOutput } from './standard-output.ts'

type Inputs = Pick<Settings, 'logLevel'> & { readonly format: 'json' | 'text' }

/** JSON: one object a line with level, UTC time, message, request and trace id; text: the same for eyes. */
export function logOptions({ logLevel, format }: Inputs): NonNullable<Config['logger']> {
  const common = { level: logLevel, hooks: { logMethod: logFaults }, mixin: () => ({ ...requestContext() }) }
  if (format === 'text') return { options: common, destination: defaultLoggerOptions }
  return {
    options: {
      ...common, name: 'trellis', timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label: string) => ({ level: label }) },
    },
    destination: standardOutput,
  }
}
