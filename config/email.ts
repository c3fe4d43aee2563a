import type { EmailAdapter } from 'payload'

/**
 * What Payload itself would send, where no mail server is configured (else the runner does: `plugins/core/users/password-reset.ts`), is named in the log, without its content (links sign people in).
 * Passwords are reset by someone who may edit users.
 */
export const logOnlyEmail: EmailAdapter<void> = ({ payload }) => ({
  name: 'log-only',
  defaultFromAddress: 'trellis@localhost',
  defaultFromName: 'Trellis',
  sendEmail: ({ subject }) => {
    payload.logger.warn(`An email was not sent, because no mail server is configured: ${subject ?? ''}`)
    return Promise.resolve()
  },
})
