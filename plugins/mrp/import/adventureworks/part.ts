import { constant, fixed, from, made, reference } from '../../../core/import/field-sources.ts'
import type { ImporterPart } from '../../../core/import/importer.ts'
import { masterStep } from '../../../core/import/master-step.ts'
import { bills } from './bills.ts'
import { bomFile } from './bill-rows.ts'

/** External ids that the importer of ERP gives to what it sets up. */
const fixtures = { site: 'site', stockUnit: 'EA' } as const

/** Locations where work is done have a rate; the others only keep stock. */
const workCentres = masterStep({
  file: 'Location.csv', entity: 'work-centres', columns: ['LocationId'], externalId: ({ values }) => values.LocationId ?? '',
  only: ({ values }) => Number(values.CostRate) > 0,
  fields: {
    code: made('LocationId', ({ values }) => `AW-${values.LocationId}`), name: from('Name'), site: fixed('sites', fixtures.site),
    labourRate: from('CostRate'), hoursPerDay: from('Availability'),
  },
}, { en: 'Work centres', zh: '工作中心' })

/** AdventureWorks takes `PerAssemblyQty` as it stands, whatever its unit: one of it is one piece of stock, as with its suppliers' units. */
const conversions = masterStep({
  file: bomFile, entity: 'unit-conversions', name: 'bom-unit-conversions', repeats: true, quiet: true, columns: ['UnitMeasureCode'],
  externalId: ({ values }) => `${values.ComponentId}:${values.UnitMeasureCode}`,
  only: ({ values }) => values.UnitMeasureCode !== fixtures.stockUnit,
  fields: {
    part: reference('ComponentId', 'parts'), fromUnit: reference('UnitMeasureCode', 'units'), toUnit: fixed('units', fixtures.stockUnit),
    numerator: constant(1), denominator: constant(1),
  },
}, { en: 'Unit conversions of components', zh: '子件单位换算' })

/** What AdventureWorks makes, beside what it buys and sells. */
export const adventureworksPart: ImporterPart = {
  importer: 'adventureworks',
  files: [bomFile],
  entities: ['work-centres', 'unit-conversions', 'bom-versions'],
  steps: [workCentres, conversions, bills],
}
