'use client'

import { useEffect, useRef, useState, type DragEvent } from 'react'
import { imageTypes, isImageName, writeFileValue, readFileValue, namedForUpload, type FileValue } from '../../config/language/file-value.ts'
import { kitTexts } from '../locales/texts.ts'
import { sizeText } from '../operations/sizes.ts'
import { asProblem } from './api.ts'
import { Button, IconButton } from './button.tsx'
import type { InputProps } from './field-input.tsx'
import { FileName, PictureOf } from './file-value.tsx'
import { useText } from './kit-context.tsx'
import { useUploadDoor } from './upload-door.tsx'
import styles from './files.module.css'

const accepted = imageTypes.map((type) => `.${type}`).join(',')

/** A file of a record: chosen, dropped or, on a phone, taken with the camera. It is uploaded at once and belongs to the record when that is saved. */
export function FileInput({ field, value, onChange, onBlur, id, invalid, describedBy, label }: InputProps) {
  const say = useText()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const door = useUploadDoor()
  const { running, fault, fresh, begin, cancel, refuse } = useFileUpload(field.name, onChange)
  const isImage = field.type === 'image'
  const file = readFileValue(value)
  const name = label ?? say(field.label)
  const take = (files: FileList | null) => {
    const chosen = files?.[0]
    if (!chosen) return
    if (isImage && !isImageName(chosen.name)) refuse(say(kitTexts.noPicture, { name: chosen.name }))
    else if (chosen.size === 0) refuse(say(kitTexts.emptyFile, { name: chosen.name }))
    else {
      const problem = door.problemOf?.(chosen)
      if (problem) refuse(say(problem))
      else begin(chosen)
    }
  }
  const over = (event: DragEvent) => { event.preventDefault(); setIsOver(!running) }
  const choose = () => input.current?.click()
  return (
    <div
      role="group" aria-label={name} aria-describedby={describedBy} className={styles.file} data-over={isOver || undefined} data-invalid={invalid || undefined} data-empty={!file || undefined} onBlur={onBlur}
      onDragEnter={over} onDragOver={over} onDragLeave={() => setIsOver(false)} onDrop={(event) => { event.preventDefault(); setIsOver(false); if (!running) take(event.dataTransfer.files) }}
    >
      <input ref={input} type="file" hidden name={field.name} {...(isImage && { accept: accepted })} onChange={(event) => { take(event.target.files); event.target.value = '' }} />
      {running ? (
        <>
          <progress className={styles.progress} aria-label={say(kitTexts.uploading, { name: running.name })} value={running.sent} max={running.size} />
          <IconButton small icon="close" label={say(kitTexts.stopUpload)} onClick={cancel} />
        </>
      ) : file ? (
        <>
          {isImage ? <PictureOf field={field} value={file} address={fresh?.id === file.id ? fresh.address : undefined} /> : null}
          <span className={styles.about}><FileName field={field} value={file} /><span className={styles.size}>{sizeText(file.bytes)}</span></span>
          <IconButton small id={id} icon="refresh" label={`${say(kitTexts.replaceFile)}: ${name}`} onClick={choose} />
          <IconButton small icon="trash" label={`${say(kitTexts.removeFile)}: ${name}`} onClick={() => onChange('')} />
        </>
      ) : (
        <>
          <Button small id={id} icon="upload" onClick={choose}>{say(isImage ? kitTexts.choosePicture : kitTexts.chooseFile)}</Button>
          <span className={styles.drop}>{say(kitTexts.orDrop)}</span>
        </>
      )}
      {fault ? <span role="alert" className={styles.fault}>{fault}</span> : null}
    </div>
  )
}

type Running = { readonly name: string; readonly size: number; readonly sent: number }
/** A picture that was chosen here is shown from this browser: the server gives a file only with its record. */
type Fresh = { readonly id: string; readonly address: string }

function useFileUpload(field: string, onChange: (value: string) => void) {
  const say = useText()
  const door = useUploadDoor()
  const [running, setRunning] = useState<Running | null>(null)
  const [fault, setFault] = useState('')
  const [fresh, setFresh] = useState<Fresh | null>(null)
  const controller = useRef<AbortController | null>(null)
  useEffect(() => () => controller.current?.abort(), [])
  useEffect(() => () => { if (fresh) URL.revokeObjectURL(fresh.address) }, [fresh])

  const begin = async (file: File) => {
    const { signal } = (controller.current = new AbortController())
    let id = ''
    const told = (sent: number) => setRunning({ name: file.name, size: file.size, sent })
    setFault('')
    told(0)
    try {
      id = await door.upload({ file, field, signal, onBegin: (begun) => { id = begun }, onProgress: told })
      setFresh({ id, address: URL.createObjectURL(file) })
      const value: FileValue = { name: namedForUpload(file.name), bytes: file.size, id }
      onChange(writeFileValue(value))
    } catch (error) {
      if (id) door.forget(id)
      if (!signal.aborted) setFault(say(asProblem(error).text))
    } finally {
      if (!signal.aborted) setRunning(null)
    }
  }
  const cancel = () => { controller.current?.abort(); setRunning(null) }
  return { running, fault, fresh, cancel, refuse: setFault, begin: (file: File) => { void begin(file) } }
}
