import type { Run } from './area.ts'

export async function importArea({ tell }: Run): Promise<void> {
  tell('…')
}
