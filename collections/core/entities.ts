import type { EntityDefinition } from '../../config/language/entity.ts'
import { workingCalendars } from './calendars.ts'
import { companies } from './companies.ts'
import { contacts, customers } from './customers.ts'
import { partCategories, parts } from './parts.ts'
import { locations, sites } from './sites.ts'
import { supplierParts, suppliers } from './suppliers.ts'
import { paymentTerms, priceLists, prices, taxCodes } from './terms.ts'
import { unitConversions, units } from './units.ts'

/** The masters that every system shares. */
export const coreEntities: readonly EntityDefinition[] = [
  companies, sites, locations, units, unitConversions, partCategories, parts, customers, contacts, suppliers,
  supplierParts, paymentTerms, taxCodes, priceLists, prices, workingCalendars,
]
