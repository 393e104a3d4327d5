/** The part of a keyboard event that matters here. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

const NAMED = new Set(['Enter', 'Escape', 'Delete', 'Backspace', 'Home', 'End', 'PageUp', 'PageDown', 'Tab', 'Space'])

/**
 * The name of a press, as commands write it: `Ctrl+Shift+Z`. Letters go by the character, digits by the place on the
 * keyboard, signs by the character whatever makes it (so that `?` and `+` work on every layout).
 */
export function pressName(press: KeyPress, isMac: boolean): string {
  const base = baseName(press)
  if (base === '') return ''
  const isSign = base.length === 1 && !/[A-Z0-9]/.test(base)
  const parts = [
    (isMac ? press.metaKey : press.ctrlKey) ? 'Ctrl' : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey && !isSign ? 'Shift' : '',
    base,
  ]
  return parts.filter((part) => part !== '').join('+')
}

function baseName(press: KeyPress): string {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1]
  if (press.key === '+' || press.key === '-' || press.key === '?') return press.key
  if (digit !== undefined) return digit
  if (press.key === ' ') return 'Space'
  if (press.key.length === 1) return press.key.toUpperCase()
  if (NAMED.has(press.key) || /^(Arrow(Up|Down|Left|Right)|F\d+)$/.test(press.key)) return press.key
  return ''
}

/** Whether a key string is a letter or sign alone, which counts as a shortcut only where it can be switched off. */
export const isSingleKey = (keys: string): boolean => /^(Shift\+)?[^+\s]( [^+\s])*$/.test(keys)

/** As `aria-keyshortcuts` wants it; sequences have no such form and give ''. */
export function ariaKeys(keys: readonly string[]): string {
  return keys
    .filter((one) => !one.includes(' '))
    .map((one) => one.replace('Ctrl', 'Control'))
    .join(' ')
}

const SIGNS: { readonly [key: string]: string } = {
  Enter: '⏎',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  '-': '−',
}

/** The keys of one shortcut as written on screen, one entry per key cap row: `['Ctrl ⏎']`, `['A', 'C']`. */
export function keyCaps(keys: string): readonly string[] {
  return keys.split(' ').map((press) =>
    press === '+'
      ? '+'
      : press
          .split('+')
          .map((part) => SIGNS[part] ?? part)
          .join(' '),
  )
}
