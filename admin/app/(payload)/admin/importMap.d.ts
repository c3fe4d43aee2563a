import type { ImportMap } from 'payload'

/** Written by `npm run generate`. */
export declare const importMap: ImportMap
