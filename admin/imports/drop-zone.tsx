'use client'

import { useRef, useState, type DragEvent } from 'react'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Button } from '../kit/button.tsx'
import { sizeText } from '../operations/sizes.ts'
import { importTexts } from '../locales/import-texts.ts'
import styles from './import-file.module.css'

/** A place to drop a file on, and a button that chooses one. What is no file for an import is told here. */
export function DropZone({ disabled, limitBytes, onFile }: { readonly disabled: boolean; readonly limitBytes: number; readonly onFile: (file: File) => void }) {
  const say = useText()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const [fault, setFault] = useState('')
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (!file) return
    const wrong = files.length > 1 ? say(importTexts.oneFile)
      : !/\.(csv|txt|xlsx)$/i.test(file.name) ? say(importTexts.wrongEnding, { name: file.name })
        : file.size === 0 ? say(importTexts.emptyFile, { name: file.name }) : ''
    setFault(wrong)
    if (!wrong) onFile(file)
  }
  const over = (event: DragEvent) => { event.preventDefault(); setIsOver(!disabled) }
  return (
    <div
      className={styles.drop} data-over={isOver} onDragEnter={over} onDragOver={over} onDragLeave={() => setIsOver(false)}
      onDrop={(event) => { event.preventDefault(); setIsOver(false); if (!disabled) take(event.dataTransfer.files) }}
    >
      <span className={styles.dropMark}><Icon name="upload" size={24} /></span>
      <strong>{say(importTexts.dropTitle)}</strong>
      <input
        ref={input} type="file" accept=".csv,.txt,.xlsx" hidden disabled={disabled}
        onChange={(event) => { take(event.target.files); event.target.value = '' }}
      />
      <Button look="primary" disabled={disabled} onClick={() => input.current?.click()}>{say(importTexts.choose)}</Button>
      <p>{say(importTexts.dropText, { csv: sizeText(limitBytes), xlsx: sizeText(Math.min(limitBytes, mostXlsxBytes)) })}</p>
      {fault ? <p role="alert" className={styles.fault}>{fault}</p> : null}
    </div>
  )
}

/** The platform's own limit: a workbook is read as a whole. */
const mostXlsxBytes = 50 * 1_048_576
