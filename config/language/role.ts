import type { Text } from './text.ts'

export type PermissionAction = 'read' | 'create' | 'edit' | 'discard' | 'export' | 'import' | 'send'

/** A right: `entity` is a slug or `*`; `events` narrows `send` to some events. */
export type Permission = {
  readonly entity: string
  readonly actions: readonly PermissionAction[]
  readonly events?: readonly string[]
  /** Fields this role may not read. */
  readonly hiddenFields?: readonly string[]
  /** Only documents whose `owner` field is the user. */
  readonly own?: boolean
}

export type RoleDefinition = {
  readonly slug: string
  readonly label: Text
  readonly permissions: readonly Permission[]
}
