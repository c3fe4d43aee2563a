import { approvalEntities } from '../../collections/core/approvals.ts'
import { coreEntities } from '../../collections/core/entities.ts'
import { importEntities } from '../../collections/core/imports.ts'
import { messageEntities } from '../../collections/core/messages.ts'
import { platformEntities } from '../../collections/core/platform.ts'
import { securityEntities } from '../../collections/core/security.ts'
import { webhookEntities } from '../../collections/core/webhooks.ts'
import { viewEntities } from '../../collections/core/views.ts'
import { backupJob } from './backup/backup-job.ts'
import { convertFieldJob } from './configuration/conversion/convert-field-job.ts'
import { migrateJob, revertJob } from './configuration/workflows/migration-job.ts'
import { replayJob } from './configuration/workflows/replay-job.ts'
import { recomputeJob } from './configuration/recompute-job.ts'
import { calendarRules } from './calendars/calendar-rules.ts'
import { recountDeadlines, recountJob } from './calendars/recount-deadlines.ts'
import { walkJob } from './configuration/workflows/walk-job.ts'
import { companyRules } from './companies/company-rules.ts'
import { emailDelivery } from './email/email-delivery.ts'
import { masterNumbers } from './entities/master-numbers.ts'
import type { TrellisPlugin } from './platform/plugin.ts'
import { coreFirstSteps } from './home/first-steps.ts'
import { importCheckJob, importJob } from './imports/import-job.ts'
import { forgetSignIns } from './sign-ins/forget-sign-ins.ts'
import { countLivesJob } from './process/process-job.ts'
import { roleRules } from './users/role-rules.ts'
import { verifyJob } from './verify/verify-job.ts'
import { beginWorkflowJob } from './workflow/begin-workflow-job.ts'
import { passwordResetDelivery } from './users/password-reset.ts'
import { secretOperations } from './webhooks/give-secret.ts'
import { webhookDelivery } from './webhooks/webhook-delivery.ts'
import { inboundHookRules, webhookRules } from './webhooks/webhook-rules.ts'
import { generalActions } from './workflow/general-actions.ts'
import { generalFacts } from './workflow/general-facts.ts'
import { generalGuards } from './workflow/general-guards.ts'
import { outgoingActions } from './workflow/outgoing-actions.ts'
import { ruleGuards } from './workflow/rule-guards.ts'

/** The platform itself: masters that all systems share, and its own records. */
export const corePlugin: TrellisPlugin = {
  slug: 'core',
  entities: [...platformEntities, ...approvalEntities, ...securityEntities, ...viewEntities, ...importEntities, ...messageEntities, ...webhookEntities, ...coreEntities],
  guards: [...generalGuards, ...ruleGuards],
  facts: generalFacts,
  actions: [...generalActions, ...outgoingActions],
  behaviours: { companies: companyRules, 'working-calendars': calendarRules, webhooks: webhookRules, 'inbound-hooks': inboundHookRules, roles: roleRules, ...masterNumbers },
  jobs: [backupJob, verifyJob, importCheckJob, importJob, convertFieldJob, recomputeJob, beginWorkflowJob, replayJob, walkJob, migrateJob, revertJob, forgetSignIns, recountJob, countLivesJob],
  operations: [recountDeadlines, ...secretOperations],
  deliveries: [emailDelivery, passwordResetDelivery, webhookDelivery],
  firstSteps: coreFirstSteps,
}
