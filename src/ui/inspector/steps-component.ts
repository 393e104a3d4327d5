import type { ComponentType } from 'react'
import type { DocumentPath } from '../../app/document-path'

/** A list of steps, as a step that holds others shows them; given down by the list that opens the step. */
export type Steps = ComponentType<{ readonly path: DocumentPath; readonly name: string }>
