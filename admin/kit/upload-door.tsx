'use client'

import { createContext, use } from 'react'
import type { Text } from '../../config/language/text.ts'
import { forgetUpload, uploadFile } from './upload-file.ts'

export type UploadOf = Parameters<typeof uploadFile>[0] & { /** Name of the field that the file is for. */ readonly field: string }

/** Where files of this screen are uploaded. */
export type UploadDoor = {
  /** @returns the upload's id @throws RequestProblem, or AbortError when `signal` says so */
  readonly upload: (upload: UploadOf) => Promise<string>
  /** Gives an upload up. */
  readonly forget: (id: string) => void
  /** Why such a file is not taken, known before it is sent. */
  readonly problemOf?: (file: File) => Text | undefined
}

const ofUsers: UploadDoor = { upload: uploadFile, forget: (id) => void forgetUpload(id) }
const UploadDoorContext = createContext<UploadDoor>(ofUsers)
export const UploadDoorProvider = UploadDoorContext
export const useUploadDoor = (): UploadDoor => use(UploadDoorContext)
