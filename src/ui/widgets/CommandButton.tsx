import type { ComponentProps } from 'react'
import { ariaKeys, keyCaps } from '../../app/commands/key-match'
import { Button } from './Button'
import { usePage } from './page-context'

interface CommandButtonProps extends Omit<ComponentProps<typeof Button>, 'onClick' | 'keys'> {
  readonly command: string
  /** Shows the key caps in the button. */
  readonly showKeys?: boolean
}

/** A button that runs a command of the registry and knows its keys. */
export function CommandButton({ command, showKeys = false, label, children, ...rest }: CommandButtonProps) {
  const { commands } = usePage()
  const known = commands.get(command)
  const keys = known?.keys[0]
  const bare = children === undefined || children === null
  const name = label ?? (bare ? known?.title : undefined)
  const tip = [name ?? known?.title ?? '', keys === undefined ? '' : `(${keyCaps(keys).join(' ')})`]
    .filter((part) => part !== '')
    .join(' ')
  return (
    <Button
      {...rest}
      {...(name === undefined ? {} : { label: name })}
      title={tip}
      aria-keyshortcuts={known === undefined ? undefined : ariaKeys(known.keys) || undefined}
      {...(showKeys && keys !== undefined ? { keys } : {})}
      onClick={() => {
        commands.run(command)
      }}
    >
      {children}
    </Button>
  )
}
