'use client'

import type { FieldDefinition } from '../../config/language/entity.ts'
import { addressOfFile, readFileValue, type FileValue } from '../../config/language/file-value.ts'
import { sizeText } from '../operations/sizes.ts'
import { Icon } from './icon.tsx'
import { useRecordPlace } from './record-place.tsx'
import styles from './files.module.css'

type Props = { readonly field: Pick<FieldDefinition, 'name' | 'type'>; readonly value: FileValue }

/** Where the file can be read; undefined until its record is saved with it, and for a former one. */
function useAddress({ field, value }: Props): string | undefined {
  const place = useRecordPlace()
  if (!place || readFileValue(place.values[field.name])?.id !== value.id) return undefined
  return addressOfFile({ entity: place.entity, id: place.id, field: field.name, value })
}

/** The name of a file, which leads to it once its record has it. */
export function FileName(props: Props) {
  const address = useAddress(props)
  const { name } = props.value
  return address ? <a className={styles.name} href={address} target="_blank" rel="noreferrer noopener" title={name}>{name}</a> : <span className={styles.name} title={name}>{name}</span>
}

/** A small picture; `address`: of one that is not stored yet. */
export function PictureOf({ address, ...props }: Props & { readonly address?: string | undefined }) {
  const stored = useAddress(props)
  const shown = address ?? stored
  return shown ? <img className={styles.thumbnail} src={shown} alt="" loading="lazy" /> : <Icon name="gallery" size={24} />
}

/** A file as it is read: what it is called and how long it is, or the picture. */
export function FileShown(props: Props) {
  const address = useAddress(props)
  const isPicture = props.field.type === 'image' && address !== undefined
  return (
    <span className={styles.shown} data-picture={isPicture || undefined}>
      {isPicture ? <a href={address} target="_blank" rel="noreferrer noopener"><img className={styles.picture} src={address} alt={props.value.name} loading="lazy" /></a> : null}
      <span className={styles.about}><FileName {...props} /><span className={styles.size}>{sizeText(props.value.bytes)}</span></span>
    </span>
  )
}
