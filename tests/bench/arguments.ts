import { parseArgs } from 'node:util'

export const areaNames = ['core', 'forms', 'import', 'workflows'] as const
export type AreaName = (typeof areaNames)[number]

export type BenchArguments = {
  readonly areas: readonly AreaName[]
  /** Less of everything, so that an area takes less than 45 s. */
  readonly quick: boolean
  /** The figures as JSON. */
  readonly json: boolean
}

export const usage = `npm run bench -- [--only ${areaNames.join('|')}] [--quick] [--json]`

/** @returns what was asked for, or a sentence that says what is wrong with it */
export function readArguments(argv: readonly string[]): BenchArguments | string {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { only: { type: 'string' }, quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
    })
    const named = values.only === undefined ? areaNames : values.only.split(',')
    const unknown = named.find((name) => !areaNames.some((area) => area === name))
    if (unknown !== undefined) return `There is no area "${unknown}". ${usage}`
    return { areas: areaNames.filter((area) => named.includes(area)), quick: values.quick, json: values.json }
  } catch (error) {
    return `${error instanceof Error ? error.message.split('\n')[0] : String(error)} ${usage}`
  }
}
