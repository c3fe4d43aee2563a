import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { configToSchema } from '@payloadcms/graphql'
import { printSchema } from 'graphql'
import { generateImportMap, type SanitizedConfig } from 'payload'
import { eventCatalogue } from '../../plugins/core/events/event-catalogue.ts'
import { entityTypes } from '../../plugins/core/entities/entity-types.ts'
import type { Platform } from '../../plugins/core/platform/platform.ts'

/** Makes committed files from the configuration: path below the repository's folder → whole content. */
export type Generator = {
  readonly name: string
  readonly generate: (config: SanitizedConfig) => Promise<Readonly<Record<string, string>>>
}

export const generators: readonly Generator[] = [
  { name: 'import map', generate: importMap },
  { name: 'GraphQL schema', generate: graphqlSchema },
  { name: 'entity types', generate: entityTypesOf },
  { name: 'event catalogue', generate: (config) => Promise.resolve({ 'docs/events.md': eventCatalogue(config.custom.platform as Platform) }) },
]

/** Payload writes the map as a file relative to the base folder: the same layout in a folder of its own leaves the tree alone. */
async function importMap(config: SanitizedConfig) {
  const file = 'admin/app/(payload)/admin/importMap.js'
  const baseDir = await mkdtemp(path.join(tmpdir(), 'trellis-import-map-'))
  try {
    const importMapFile = path.join(baseDir, file)
    await mkdir(path.dirname(importMapFile), { recursive: true })
    const moved = { ...config, admin: { ...config.admin, importMap: { ...config.admin.importMap, baseDir, importMapFile } } }
    await generateImportMap(moved, { force: true, log: false })
    return { [file]: await readFile(importMapFile, 'utf8') }
  } finally {
    await rm(baseDir, { recursive: true })
  }
}

function graphqlSchema(config: SanitizedConfig) {
  const { schema } = configToSchema(config)
  return Promise.resolve({ 'config/generated/schema.graphql': `${printSchema(schema)}\n` })
}

async function entityTypesOf(config: SanitizedConfig) {
  const { entities } = config.custom.platform as Platform
  return { 'config/generated/entities.ts': await entityTypes([...entities.values()]) }
}
