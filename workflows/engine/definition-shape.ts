import { z } from 'zod'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { ApprovalDefinition } from '../../config/language/approval.ts'
import type { EventDefinition, SlaDefinition, StateDefinition, WorkflowDefinition } from '../../config/language/workflow.ts'

/**
 * Names become parts of state texts ("a.b|a.c") and events of XState, where ".", "|", "#" and "*" have a meaning
 * ("*" and "order.*" would match other events).
 */
export const namePattern = /^[A-Za-z][A-Za-z0-9_-]*$/
const referencePattern = /^[a-z][A-Za-z0-9._-]*$/

const name = z.string().regex(namePattern)
const text = z.strictObject({ en: z.string().regex(/\S/), zh: z.string().regex(/\S/) })
const tone = z.enum(['neutral', 'waiting', 'good', 'warning', 'bad'])
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

const field: z.ZodType<FieldDefinition> = z.strictObject({
  name,
  type: z.enum([
    'text', 'longText', 'email', 'phone', 'url', 'integer', 'quantity', 'unitPrice', 'money', 'percent', 'rate',
    'boolean', 'date', 'dateTime', 'select', 'relation', 'json',
  ]),
  label: text,
  help: text.optional(),
  required: z.boolean().optional(),
  readOnly: z.boolean().optional(),
  unique: z.boolean().optional(),
  index: z.boolean().optional(),
  default: scalar.optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  maxLength: z.number().optional(),
  options: z.array(z.strictObject({ value: z.string(), label: text, tone: tone.optional() })).optional(),
  to: z.string().optional(),
  many: z.boolean().optional(),
  hidden: z.boolean().optional(),
  advanced: z.boolean().optional(),
})

const reference = z.strictObject({ type: z.string().regex(referencePattern), params: z.record(z.string(), z.json()).optional() })
const arrow = z.strictObject({ target: z.string().optional(), guards: z.array(reference).optional(), actions: z.array(reference).optional() })
const joinArrow = z.strictObject({ target: z.string(), actions: z.array(reference).optional() })

const sla: z.ZodType<SlaDefinition> = z.strictObject({
  within: z.string(),
  calendar: z.string().min(1).optional(),
  warn: z.string().optional(),
  escalate: z.array(z.union([z.strictObject({ role: z.string().min(1) }), z.strictObject({ field: z.string().min(1) })])).min(1).optional(),
  event: z.string().optional(),
})

const event: z.ZodType<EventDefinition> = z.strictObject({
  label: text,
  help: text.optional(),
  roles: z.array(z.string()).min(1).optional(),
  input: z.array(field).optional(),
  lineInput: z.array(field).optional(),
  newLines: z.array(field).optional(),
  preview: z.boolean().optional(),
  reason: z.enum(['required', 'optional']).optional(),
  primary: z.boolean().optional(),
  past: z.string().optional(),
  tone: tone.optional(),
})

const path = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z][A-Za-z0-9_-]*){0,2}$/)
const decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,8})?$/)
const approver = z.union([
  z.strictObject({ users: z.array(z.string().min(1).max(64)).min(1).max(50) }),
  z.strictObject({ role: z.string() }),
  z.strictObject({ field: path }),
  z.strictObject({ managerOf: path }),
  z.strictObject({ lineOwner: path }),
])
const approval: z.ZodType<ApprovalDefinition> = z.strictObject({
  steps: z.array(z.strictObject({
    name,
    label: text,
    approvers: z.array(approver).min(1).max(20),
    mode: z.enum(['any', 'all', 'vote']).optional(),
    ratio: z.int().min(1).max(100).optional(),
    when: z.union([z.strictObject({ field: name, from: decimal.optional(), below: decimal.optional() }), z.strictObject({ expression: z.string().min(1).max(1000) })]).optional(),
    returnTo: z.array(name).optional(),
    remind: z.string().optional(),
    escalate: z.strictObject({ after: z.string(), to: z.string() }).optional(),
    calendar: z.string().min(1).max(100).optional(),
  })).min(1).max(20),
  approved: name,
  rejected: name,
  returned: name.optional(),
  reopened: name.optional(),
  watch: z.array(path).min(1).max(200).optional(),
  ownToo: z.boolean().optional(),
})

const state: z.ZodType<StateDefinition> = z.lazy(() =>
  z.strictObject({
    label: text,
    tone: tone.optional(),
    type: z.enum(['final', 'parallel', 'history']).optional(),
    history: z.enum(['shallow', 'deep']).optional(),
    target: z.string().optional(),
    initial: z.string().optional(),
    states: z.record(name, state).optional(),
    on: z.record(name, z.union([arrow, z.array(arrow).min(1)])).optional(),
    after: z.record(z.string(), z.string()).optional(),
    sla: sla.optional(),
    onDone: joinArrow.optional(),
    approval: approval.optional(),
    editable: z.boolean().optional(),
    discardable: z.boolean().optional(),
    resting: z.boolean().optional(),
  }),
)

/** The shape of a definition without its meaning: which names exist is checked by `checkDefinition`. */
export const definitionShape: z.ZodType<WorkflowDefinition> = z.strictObject({
  slug: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.int().min(1),
  entity: z.string().min(1),
  label: text,
  initial: z.string(),
  events: z.record(name, event),
  states: z.record(name, state),
})
