import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { getAt, textOf } from '../../app/document-path'
import type { Page } from '../../app/page'
import type { LinkWords } from '../build/BuildDock'
import { RunView } from '../run/RunView'
import { Button } from '../widgets/Button'
import { PageContext, useDocument, usePage, useView } from '../widgets/page-context'
import { focusStageSoon, showView, themeNow } from './shell-commands'
import { TopBar } from './TopBar'
import { useKeys } from './use-keys'

const CommandPalette = lazy(async () => ({ default: (await import('./CommandPalette')).CommandPalette }))
const BranchDialog = lazy(async () => ({ default: (await import('../run/branch/BranchDialog')).BranchDialog }))
const ShortcutSheet = lazy(async () => ({ default: (await import('./ShortcutSheet')).ShortcutSheet }))
const BuildView = lazy(async () => ({ default: (await import('../build/BuildView')).BuildView }))
const ValidationView = lazy(async () => ({ default: (await import('../validation/ValidationView')).ValidationView }))
const PhoneBuild = lazy(async () => ({ default: (await import('../build/PhoneBuild')).PhoneBuild }))

interface AppProps {
  readonly page: Page
  readonly linkWords: LinkWords
  /** Dialogs about files and links. */
  readonly children: ReactNode
}

/** The whole page. */
export function App({ page, linkWords, children }: AppProps) {
  return (
    <PageContext value={page}>
      <Frame linkWords={linkWords} />
      {children}
      <ShellDialogs />
      <LiveRegion />
    </PageContext>
  )
}

function Frame({ linkWords }: { readonly linkWords: LinkWords }) {
  const page = usePage()
  const view = useView((state) => state.view)
  const panels = useView((state) => state.panels)
  const isPhone = usePhone()
  useKeys(page)
  useTheme()
  useTitle()
  usePrefetch()
  useKeptFocus()
  const name = view === 'run' || view === 'validation' ? view : 'build'
  return (
    <div
      className="app"
      data-view={name}
      data-left={(panels.left && !(isPhone && name === 'validation')) || undefined}
      data-right={(panels.right && name !== 'validation') || undefined}
      data-phone={isPhone || undefined}
    >
      <TopBar isPhone={isPhone} />
      <Suspense fallback={<div className="stage" />}>
        <CurrentView name={name} isPhone={isPhone} linkWords={linkWords} />
      </Suspense>
      {isPhone && name === 'run' ? <PhoneFoot /> : null}
    </div>
  )
}

interface CurrentViewProps {
  readonly name: 'build' | 'run' | 'validation'
  readonly isPhone: boolean
  readonly linkWords: LinkWords
}

function CurrentView({ name, isPhone, linkWords }: CurrentViewProps) {
  if (name === 'run') return <RunView />
  if (name === 'validation') return <ValidationView isPhone={isPhone} />
  return isPhone ? <PhoneBuild /> : <BuildView linkWords={linkWords} />
}

function PhoneFoot() {
  const page = usePage()
  const canEdit = useView((state) => state.canEdit)
  return (
    <footer className="phone-foot">
      <span className="dim grow">{canEdit ? '' : 'Viewing. Nothing here changes the original.'}</span>
      <Button
        onClick={() => {
          page.view.setState({ canEdit: true })
          showView(page, 'build')
        }}
      >
        {canEdit ? 'Edit' : 'Edit a copy'}
      </Button>
    </footer>
  )
}

function ShellDialogs() {
  const dialog = useView((state) => state.dialog)
  return (
    <Suspense fallback={null}>
      {dialog === 'palette' ? <CommandPalette /> : null}
      {dialog === 'branch' ? <BranchDialog /> : null}
      {dialog === 'shortcuts' ? <ShortcutSheet /> : null}
    </Suspense>
  )
}

/** What readers are told. A no-break space more or less makes equal sentences count as new. */
function LiveRegion() {
  const { text, number } = useView((state) => state.announcement)
  return (
    <div className="sr" role="status" aria-live="polite" aria-label="Announcements">
      {number % 2 === 0 ? text : `${text}\u00a0`}
    </div>
  )
}

function usePhone(): boolean {
  const [isPhone, setPhone] = useState(() => matchMedia('(max-width: 640px)').matches)
  useEffect(() => {
    const list = matchMedia('(max-width: 640px)')
    const look = (): void => {
      setPhone(list.matches)
    }
    list.addEventListener('change', look)
    return () => {
      list.removeEventListener('change', look)
    }
  }, [])
  return isPhone
}

/** Puts the chosen theme on the page; "system" follows the system. */
function useTheme(): void {
  const theme = useView((state) => state.theme)
  useEffect(() => {
    const show = (): void => {
      document.documentElement.dataset.theme = themeNow(theme)
    }
    show()
    try {
      if (theme === 'system') localStorage.removeItem('unrack.theme')
      else localStorage.setItem('unrack.theme', theme)
    } catch {
      // Storage may be blocked; the theme then lasts until the page is closed.
    }
    const list = matchMedia('(prefers-color-scheme: dark)')
    list.addEventListener('change', show)
    return () => {
      list.removeEventListener('change', show)
    }
  }, [theme])
}

/** Another view takes its parts off the page; where the keyboard was on one of them, the new stage gets it. */
function useKeptFocus(): void {
  const view = useView((state) => state.view)
  const before = useRef(view)
  useEffect(() => {
    const isNew = before.current !== view
    before.current = view
    if (isNew && document.activeElement === document.body) focusStageSoon(view)
  }, [view])
}

/** Fetches what the first picture does not need as soon as the page is at rest. */
function usePrefetch(): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      void import('../build/BuildView')
      void import('./CommandPalette')
    }, 1500)
    return () => {
      clearTimeout(timer)
    }
  }, [])
}

function useTitle(): void {
  const name = useDocument((state) => textOf(getAt(state.document, ['name'])))
  useEffect(() => {
    document.title = name === '' ? 'unrack' : `${name} · unrack`
  }, [name])
}
