import type { EntityDefinition } from '../../config/language/entity.ts'
import { bomLines, bomVersions } from './bom-versions.ts'
import { routingOperations, routings, workCentres } from './routings.ts'

/** What parts are made of, and how. */
export const mrpEntities: readonly EntityDefinition[] = [bomVersions, bomLines, routings, routingOperations, workCentres]
