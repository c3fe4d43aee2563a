import { corePlugin } from '../plugins/core/plugin.ts'
import type { TrellisPlugin } from '../plugins/core/platform/plugin.ts'
import { crmPlugin } from '../plugins/crm/plugin.ts'
import { erpPlugin } from '../plugins/erp/plugin.ts'
import { mrpPlugin } from '../plugins/mrp/plugin.ts'
import { qmsPlugin } from '../plugins/qms/plugin.ts'

/** All systems that are built. Which of them are unlocked is an input of the configuration. */
export const builtPlugins: readonly TrellisPlugin[] = [corePlugin, crmPlugin, erpPlugin, mrpPlugin, qmsPlugin]
