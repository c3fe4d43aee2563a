'use client'

import dynamic from 'next/dynamic'
import type { InputProps } from './field-input.tsx'
import { Skeleton } from './surfaces.tsx'

/** The editor is large: only forms that have such a field load it. */
export const RichTextInput = dynamic<InputProps>(() => import('./rich-text-editor.tsx').then(({ RichTextEditor }) => RichTextEditor), { ssr: false, loading: () => <Skeleton /> })
