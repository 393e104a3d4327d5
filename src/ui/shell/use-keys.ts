import { useEffect } from 'react'
import type { CommandScope } from '../../app/commands/command'
import type { Page } from '../../app/page'

/** Keys that also work while a text field has the keyboard: they never write anything. */
const EVERYWHERE = new Set(['F6', 'k', 'Enter', 's', 'o'])
const SCOPES: readonly string[] = ['stage', 'build', 'run', 'timeline', 'table', 'global'] satisfies CommandScope[]
const isScope = (text: string): text is CommandScope => SCOPES.includes(text)

function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'range', 'button'].includes(target.type)
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  )
}

/** What has a meaning for Enter and Space of its own. */
const pressesItself = (target: EventTarget | null, key: string): boolean =>
  (key === 'Enter' || key === ' ') &&
  target instanceof HTMLElement &&
  target.closest('button, a, summary, [role="tab"], [role="menuitem"], [role="treeitem"], [role="option"], input') !==
    null

/** Scopes that count where the keyboard is, the most particular first. */
function activeScopes(target: EventTarget | null, page: Page): CommandScope[] {
  const { view, mode } = page.view.getState()
  const nowhere = !(target instanceof Element) || target === document.body
  const named = nowhere
    ? view === 'validation'
      ? ''
      : view === 'run'
        ? 'run stage'
        : 'build stage'
    : (target.closest<HTMLElement>('[data-scope]')?.dataset.scope ?? '')
  const scopes = named.split(' ').filter(isScope)
  const moves: CommandScope[] = mode.name === 'move' && scopes.includes('build') ? ['move'] : []
  return [...moves, ...scopes, 'global']
}

/** Hands every key of the page to the command registry. */
export function useKeys(page: Page): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]') !== null) return
      if (isTextField(event.target)) {
        leaveField(page, event)
        const isCommand = event.key === 'F6' || ((event.ctrlKey || event.metaKey) && EVERYWHERE.has(event.key))
        if (!isCommand) return
      }
      if (pressesItself(event.target, event.key) && !(event.ctrlKey || event.metaKey)) return
      const { singleKeys } = page.view.getState()
      if (page.commands.press(event, activeScopes(event.target, page), singleKeys)) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
    }
  }, [page])
}

/** Escape in a form goes back to the stage. */
function leaveField(page: Page, event: KeyboardEvent): void {
  if (event.key !== 'Escape') return
  event.preventDefault()
  page.commands.run('region.stage')
}
