import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { versionLife } from './version-life.ts'

export const bomVersion = versionLife({
  slug: 'bom-version', entity: 'bom-versions', label: { en: 'Bill of material', zh: '物料清单' },
  sound: [{ type: 'mrp.noCycle' }], releasable: [{ type: 'mrp.childrenReleased' }], dispensable: [{ type: 'mrp.notUsed' }],
})

export const routing = versionLife({
  slug: 'routing', entity: 'routings', label: { en: 'Routing', zh: '工艺路线' },
  sound: [{ type: 'mrp.centresActive' }], releasable: [], dispensable: [],
})

export const mrpWorkflows: readonly WorkflowDefinition[] = [bomVersion, routing]
