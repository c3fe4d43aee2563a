import { chinaTemplate } from './china.ts'
import { internationalTemplate } from './international.ts'
import type { FirmTemplate } from './template.ts'

/** In the order in which they are offered. */
export const firmTemplates = [internationalTemplate, chinaTemplate] as const satisfies readonly FirmTemplate[]

export const findTemplate = (slug: unknown): FirmTemplate | undefined => firmTemplates.find((template) => template.slug === slug)
