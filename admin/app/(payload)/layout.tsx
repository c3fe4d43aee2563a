import type { ReactNode } from 'react'
import type { ServerFunctionClient } from 'payload'
import '@payloadcms/next/css'
import { handleServerFunctions, RootLayout } from '@payloadcms/next/layouts'
import config from '../../../config/payload.config.ts'
import { Shell } from '../../frame/shell.tsx'
import { importMap } from './admin/importMap.js'
import '../../theme/tokens.css'

const serverFunction: ServerFunctionClient = async (args) => {
  'use server'
  return handleServerFunctions({ ...args, config, importMap })
}

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <RootLayout config={config} importMap={importMap} serverFunction={serverFunction}>
      <Shell>{children}</Shell>
    </RootLayout>
  )
}
