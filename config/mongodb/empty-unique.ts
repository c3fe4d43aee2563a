import type { MongooseAdapter } from '@payloadcms/db-mongodb'

type Connection = MongooseAdapter['connection']
type Schema = Parameters<Parameters<Connection['plugin']>[0]>[0]
type Update = Record<string, unknown> & { $set?: Record<string, unknown>; $unset?: Record<string, unknown> }

/**
 * The fields of which no two rows hold the same but any number may hold nothing. Their index passes over rows that do not carry the
 * field; null it takes for a value, which it refuses a second time.
 */
export function optionalUniqueFields(schema: Pick<Schema, 'paths'>): string[] {
  return Object.entries(schema.paths).filter(([, { options }]) => options.unique === true && options.sparse === true).map(([path]) => path)
}

/** Whatever is written through this connection's models leaves such a field out when it is empty, as SQLite's index takes it. */
export function leaveOutEmptyUnique(connection: Connection): void {
  connection.plugin((schema) => {
    const fields = optionalUniqueFields(schema)
    if (fields.length === 0) return
    schema.pre('save', function leaveOut() {
      for (const field of fields) if (this.get(field) === null) this.set(field, undefined)
    })
    schema.pre(['findOneAndUpdate', 'updateOne', 'updateMany'], function takeOut() {
      takeOutEmpty(this.getUpdate() as Update | null, fields)
    })
  })
}

function takeOutEmpty(update: Update | null, fields: readonly string[]): void {
  for (const values of [update, update?.$set]) {
    for (const field of fields) {
      if (!update || values?.[field] !== null) continue
      delete values[field]
      update.$unset = { ...update.$unset, [field]: '' }
    }
  }
}
