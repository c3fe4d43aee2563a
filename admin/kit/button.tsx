'use client'

import Link from 'next/link'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { Icon, type IconName } from './icon.tsx'
import styles from './button.module.css'

type Look = {
  readonly look?: 'plain' | 'primary' | 'ghost'
  readonly danger?: boolean
  readonly small?: boolean
  readonly icon?: IconName
}
type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & Look & { readonly busy?: boolean; readonly ref?: Ref<HTMLButtonElement> }

export function Button({ look = 'plain', danger, small, icon, busy = false, children, className, disabled, type = 'button', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} disabled={disabled || busy} aria-busy={busy || undefined} className={classes({ look, danger, small }, className)}>
      {busy ? <span className={styles.spinner} /> : icon ? <Icon name={icon} /> : null}
      {children}
    </button>
  )
}

/** A button that is a picture only: `label` is its name for screen readers and its tip. */
export function IconButton({ label, icon, look = 'ghost', danger, small, className, type = 'button', ...rest }: Omit<ButtonProps, 'children' | 'busy'> & { readonly label: string; readonly icon: IconName }) {
  return (
    <button {...rest} type={type} aria-label={label} title={label} className={`${classes({ look, danger, small }, className)} ${styles.icon}`}>
      <Icon name={icon} />
    </button>
  )
}

export function ButtonLink({ href, look = 'plain', danger, small, icon, children }: Look & { readonly href: string; readonly children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className={classes({ look, danger, small })}>
      {icon ? <Icon name={icon} /> : null}
      {children}
    </Link>
  )
}

function classes({ look, danger, small }: Look, more = ''): string {
  return [styles.button, look === 'plain' || !look ? '' : styles[look], danger ? styles.danger : '', small ? styles.small : '', more].filter(Boolean).join(' ')
}
