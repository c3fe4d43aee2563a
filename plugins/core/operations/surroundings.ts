import type { Payload } from 'payload'
import type { UploadType } from '../../../config/language/upload-types.ts'
import type { Settings } from '../../../config/settings.ts'

/** Where a running platform stands: its database, its folder, what its operator has decided. */
export type Surroundings = Pick<Settings, 'database' | 'dataDir'> & { readonly uploadTypes: readonly UploadType[]; readonly operations: Settings['operations'] | undefined; readonly mail?: Settings['mail']; readonly webhookHosts: readonly string[]; readonly publicUrl: string }

export function surroundingsOf(payload: Pick<Payload, 'config'>): Surroundings {
  return payload.config.custom.surroundings as Surroundings
}

/** The mail server; undefined where none is set. */
export const mailOf = (payload: Pick<Payload, 'config'>): Settings['mail'] => surroundingsOf(payload).mail
