/** Names of the drawings in the sprite of `index.html`. */
export type IconName =
  | 'cpu'
  | 'memory'
  | 'gpu'
  | 'nic'
  | 'switch'
  | 'play'
  | 'pause'
  | 'evBack'
  | 'evFwd'
  | 'decBack'
  | 'decFwd'
  | 'toStart'
  | 'undo'
  | 'redo'
  | 'search'
  | 'share'
  | 'export'
  | 'plus'
  | 'minus'
  | 'fit'
  | 'down'
  | 'right'
  | 'left'
  | 'up'
  | 'check'
  | 'cross'
  | 'warn'
  | 'info'
  | 'theme'
  | 'filter'
  | 'pin'
  | 'lock'
  | 'keepA'
  | 'branch'
  | 'link'
  | 'table'
  | 'clock'
  | 'follow'
  | 'place'
  | 'migrate'
  | 'offload'
  | 'scale'
  | 'fault'
  | 'alloc'
  | 'more'
  | 'swap'
  | 'reset'
  | 'step'
  | 'source'
  | 'hint'
  | 'logo'
  | 'rack'
  | 'service'
  | 'trash'
  | 'open'

interface IconProps {
  readonly name: IconName
  /** Colours it as a pool of this kind. */
  readonly tint?: 'compute' | 'memory' | 'accel' | 'network' | 'switch' | 'alert'
  readonly className?: string
}

/** A drawing of 16 px. It says nothing to a reader: name the control that it stands in. */
export function Icon({ name, tint, className = '' }: IconProps) {
  const style = tint === undefined ? undefined : { color: `var(--${tint})` }
  return (
    <svg className={`i ${className}`} aria-hidden="true" style={style}>
      <use href={`#i-${name}`} />
    </svg>
  )
}
