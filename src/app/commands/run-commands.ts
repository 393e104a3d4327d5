import type { PlaybackState } from '../../stores/playback-store'
import type { Page } from '../page'
import type { Command } from './command'

/** Moving through what has been run, and ways of looking at it. */
export function runCommands(page: Page): readonly Command[] {
  return [...movingCommands(page), ...lookingCommands(page)]
}

function movingCommands({ session }: Page): readonly Command[] {
  const { playback, runStore } = session
  const base = { scope: 'run', group: 'Play', when: () => runStore.getState().simulatedPs > 0 } as const
  const seek = (timePs: () => number) => () => {
    playback.pause()
    playback.seek(timePs())
  }
  return [
    { ...base, id: 'run.play', title: 'Play or pause', keys: ['Space', 'K'], run: () => playback.toggle() },
    { ...base, id: 'run.next-decision', title: 'Next decision', keys: ['N', ']'], run: () => playback.stepDecision(1) },
    {
      ...base,
      id: 'run.previous-decision',
      title: 'Previous decision',
      keys: ['Shift+N', '['],
      run: () => playback.stepDecision(-1),
    },
    {
      ...base,
      id: 'run.event-forward',
      title: 'One event forward',
      keys: ['.'],
      run: () => void playback.stepEvent(1),
    },
    { ...base, id: 'run.event-back', title: 'One event back', keys: [','], run: () => void playback.stepEvent(-1) },
    {
      ...base,
      id: 'run.slice-forward',
      title: 'One fixed slice forward',
      keys: ['Shift+ArrowRight'],
      run: () => playback.stepSlice(1),
    },
    {
      ...base,
      id: 'run.slice-back',
      title: 'One fixed slice back',
      keys: ['Shift+ArrowLeft'],
      run: () => playback.stepSlice(-1),
    },
    { ...base, id: 'run.to-start', title: 'Go to the start', keys: ['Home'], run: seek(() => 0) },
    { ...base, id: 'run.to-end', title: 'Go as far as simulated', keys: ['End'], run: seek(playback.lastPs) },
    { ...base, id: 'run.slower', title: 'Slower, then backwards', keys: ['J'], run: () => playback.changeSpeed(-1) },
    { ...base, id: 'run.faster', title: 'Faster', keys: ['L'], run: () => playback.changeSpeed(1) },
  ]
}

function lookingCommands({ session, view }: Page): readonly Command[] {
  const { playback, playbackStore, runStore } = session
  const base = { scope: 'run', group: 'Look' } as const
  const change = (part: (state: PlaybackState) => Partial<PlaybackState>) => () => {
    playback.change(part(playbackStore.getState()))
  }
  return [
    {
      ...base,
      id: 'run.follow',
      title: 'Follow the selected request',
      keys: ['F'],
      when: () => playbackStore.getState().selectedRequest >= 0,
      run: () => {
        playback.toggleFollow()
      },
    },
    {
      ...base,
      id: 'run.branch',
      title: 'Branch from here: change something and compare',
      keys: ['B'],
      when: () => runStore.getState().scenario !== null && ['done', 'cancelled'].includes(runStore.getState().status),
      run: () => {
        playback.pause()
        view.setState({ dialog: 'branch' })
      },
    },
    {
      ...base,
      id: 'run.time-mode',
      title: 'True time or readable time',
      keys: ['T'],
      run: change(({ timeMode }) => ({ timeMode: timeMode === 'true' ? 'readable' : 'true' })),
    },
    {
      ...base,
      id: 'run.decisions-only',
      title: 'Decisions only: dim the traffic',
      keys: ['V'],
      run: change(({ decisionsOnly }) => ({ decisionsOnly: !decisionsOnly })),
    },
  ]
}
