import type { FieldInfo } from '../../scenario/catalog'
import { choice, integer, number } from './field-info'

export const serviceFields: readonly FieldInfo[] = [
  integer('replicas', 'Replicas', '', 1, 'Instances of this service.', { minimum: 1 }),
  integer('minReplicas', 'Least replicas', '', null, 'Fewest that a scaling policy leaves.', {
    minimum: 0,
    nullMeans: 'as many as replicas',
  }),
  integer('maxReplicas', 'Most replicas', '', null, 'Most that a scaling policy makes.', {
    minimum: 1,
    nullMeans: 'as many as replicas',
  }),
  number('coldStartMs', 'Cold start', 'ms', 0, 'How long an instance takes to start while the run goes on.', {
    minimum: 0,
  }),
  integer('threads', 'Threads', '', null, 'Requests that one instance holds at once.', {
    minimum: 1,
    nullMeans: 'unlimited',
  }),
  integer('queueLimit', 'Queue limit', '', null, 'Requests that may wait beyond the threads; more fail at once.', {
    minimum: 0,
    nullMeans: 'unlimited',
  }),
  number(
    'shedAfterMs',
    'Shed after',
    'ms',
    null,
    'Turns away what comes while the first in line has waited for longer.',
    {
      minimum: 0,
      nullMeans: 'never',
    },
  ),
  choice('dispatch', 'Dispatch', '', 'shared', 'How requests meet the workers of an instance.', {
    choices: ['shared', 'round-robin', 'bound'],
  }),
]

export const memoryFields: readonly FieldInfo[] = [
  number('footprintMiB', 'Footprint', 'MiB', 0, 'Memory of one instance, local and far together.', { minimum: 0 }),
  number(
    'localShare',
    'Local share',
    '0 – 1',
    1,
    'Part of the footprint on the device itself; the rest is leased from memory pools.',
    { minimum: 0, maximum: 1 },
  ),
  number('stateMiB', 'State', 'MiB', null, 'What a migration copies.', { minimum: 0, nullMeans: 'the local part' }),
  number('dirtyMiBps', 'Dirty rate', 'MiB/s', 0, 'How fast an instance writes to its state.', { minimum: 0 }),
  number('writableMiB', 'Writable set', 'MiB', null, 'Most of the state that can be dirty.', {
    minimum: 0,
    nullMeans: 'the whole state',
  }),
  number('contextKiB', 'Context', 'KiB', 2048, 'What moves at the very end of a migration: registers, connections.', {
    minimum: 0,
  }),
]

export const hotSetField: FieldInfo = number(
  'hotSetLifeMs',
  'Hot pages last',
  'ms',
  null,
  'How long a page of far memory stays popular, on average.',
  { minimum: 0.001, nullMeans: 'for ever' },
)

/** What a device must hold before a step of the service first runs there. */
export const firstUseFields: readonly FieldInfo[] = [
  number(
    'codeMiB',
    'Code',
    'MiB',
    0,
    'Moves to a device once, before the first offloaded step of the service runs there.',
    {
      minimum: 0,
    },
  ),
  number(
    'offloadStateMiB',
    'State',
    'MiB',
    0,
    'Moves once for each instance, before its first offloaded step runs there.',
    {
      minimum: 0,
    },
  ),
]
