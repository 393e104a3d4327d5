import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import type { IconName } from './Icon'
import { Icon } from './Icon'
import { KeyCaps } from './KeyCaps'

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> {
  readonly icon?: IconName
  readonly look?: 'default' | 'primary' | 'quiet' | 'danger'
  readonly size?: 'normal' | 'small'
  /** Key caps behind the words. */
  readonly keys?: string
  /** The name for readers when there are no words; shown as the tooltip too. */
  readonly label?: string
  readonly children?: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
}

/** A button with an icon, words, or both. */
export function Button({
  icon,
  look = 'default',
  size = 'normal',
  keys,
  label,
  children,
  className = '',
  ...rest
}: ButtonProps) {
  const bare = children === undefined || children === null
  const names = ['btn', look === 'default' ? '' : look, size === 'small' ? 'small' : '', bare ? 'icon' : '', className]
  return (
    <button
      type="button"
      className={names.filter((name) => name !== '').join(' ')}
      aria-label={label}
      title={label}
      {...rest}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
      {keys === undefined ? null : <KeyCaps keys={keys} />}
    </button>
  )
}
