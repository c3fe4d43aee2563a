import { NoNav as NoNav_699433cd535f5fb798fe853adce9d5e8 } from '../../../../admin/frame/no-nav.tsx'
import { CollectionCards as CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1 } from '@payloadcms/next/rsc'

/** @type import('payload').ImportMap */
export const importMap = {
  "/admin/frame/no-nav.tsx#NoNav": NoNav_699433cd535f5fb798fe853adce9d5e8,
  "@payloadcms/next/rsc#CollectionCards": CollectionCards_f9c02e79a4aed9a3924487c0cd4cafb1
}
