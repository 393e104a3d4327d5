import type { ReactNode } from 'react'
import { Icon } from './Icon'
import type { IconName } from './Icon'

/** A short fact beside something. */
export function Chip({
  icon,
  look = '',
  children,
}: {
  readonly icon?: IconName
  readonly look?: '' | 'strong' | 'alert'
  readonly children: ReactNode
}) {
  return (
    <span className={`chip ${look}`}>
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </span>
  )
}
