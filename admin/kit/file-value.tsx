'use client'

import type { FieldDefinition } from '../../config/language/entity.ts'
import { addressOfFile, type FileValue } from '../../config/language/file-value.ts'
import { sizeText } from '../operations/sizes.ts'
import { Icon } from './icon.tsx'
import { useRecordPlace } from './record-place.tsx'
import styles from './files.module.css'

type Props = { readonly field: Pick<FieldDefinition, 'name' | 'type'>; readonly value: FileValue }

/** Where the file can be read; undefined for a new record, and for a former value. */
function useAddress({ field, value }: Props): string | undefined {
  const place = useRecordPlace()
  return place && addressOfFile({ ...place, field: field.name, value })
}

/** The name of a file, which leads to it once its record has it. */
export function FileName({ isFresh = false, ...props }: Props & { readonly isFresh?: boolean }) {
  const address = useAddress(props)
  const { name } = props.value
  return address && !isFresh ? <a className={styles.name} href={address} target="_blank" rel="noreferrer noopener" title={name}>{name}</a> : <span className={styles.name} title={name}>{name}</span>
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
