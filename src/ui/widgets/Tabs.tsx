import type { KeyboardEvent } from 'react'

interface TabsProps<T extends string> {
  readonly name: string
  readonly tabs: readonly { readonly id: T; readonly label: string }[]
  readonly current: T
  readonly onChange: (id: T) => void
  readonly look?: 'tabs' | 'seg'
}

/** A row of tabs; arrows move between them. The panel carries `id={tabPanelId(name)}`. */
export function Tabs<T extends string>({ name, tabs, current, onChange, look = 'tabs' }: TabsProps<T>) {
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const index = tabs.findIndex((tab) => tab.id === current)
    const next = tabs[(index + step + tabs.length) % tabs.length]
    if (next === undefined) return
    event.preventDefault()
    onChange(next.id)
    document.getElementById(tabId(name, next.id))?.focus()
  }
  return (
    <div className={look} role="tablist" aria-label={name} onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={tabId(name, tab.id)}
          aria-selected={tab.id === current}
          aria-controls={tabPanelId(name)}
          tabIndex={tab.id === current ? 0 : -1}
          onClick={() => {
            onChange(tab.id)
          }}
        >
          {tab.label}
        </button>
      ))}
    </div>
  )
}

const tabId = (name: string, id: string): string => `tab-${name}-${id}`.replaceAll(' ', '-')
export const tabPanelId = (name: string): string => `panel-${name}`.replaceAll(' ', '-')
