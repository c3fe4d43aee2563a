import type { Payload } from 'payload'
import type { Finding } from '../../../config/language/refusal.ts'
import { pageFindings } from '../pages/page-findings.ts'
import type { FittedInputs } from './fit-inputs.ts'
import { publishedFieldsOf } from './own-fields.ts'
import { platformOf } from './platform.ts'
import { revisionOf } from './publish-revision.ts'

/** How what is published stands to what is shipped, as a process found it at its start. */
export type Fitted = Pick<FittedInputs, 'misfits' | 'moved'>

/** Told at start and where forms are configured: what does not fit what is shipped any more and is left out, with place and remedy. */
export function misfitsOf(payload: Pick<Payload, 'config'>): readonly Finding[] {
  const { inputs } = revisionOf(payload)
  const { misfits } = payload.config.custom.fitted as Fitted
  const isRetired = ([root, slug = '', name]: readonly string[]) => root === 'fields' && publishedFieldsOf(inputs, slug).some((field) => field.name === name && field.retired)
  return [...misfits.filter(({ path }) => !isRetired(path.split('.'))), ...pageFindings(inputs, platformOf(payload).entities), ...platformOf(payload).workflowMisfits]
}

/** For the log of a process that starts: one line each. */
export function tellMisfits(payload: Payload): void {
  for (const { path, message } of misfitsOf(payload)) payload.logger.warn(`Left out of the configuration, since it does not fit what is shipped: ${path}: ${message.en}`)
  for (const { entity, from, to } of (payload.config.custom.fitted as Fitted).moved) payload.logger.warn(`Trellis ships a field ${entity}.${from} now: the firm's own of that key goes on as ${entity}.${to}, with all its values.`)
}
