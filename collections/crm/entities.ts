import type { EntityDefinition } from '../../config/language/entity.ts'
import { activities } from './activities.ts'
import { leads } from './leads.ts'
import { opportunities } from './opportunities.ts'
import { quoteLines, quotes } from './quotes.ts'

export const crmEntities: readonly EntityDefinition[] = [leads, opportunities, quotes, quoteLines, activities]
