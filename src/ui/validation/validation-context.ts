import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { ValidationSession } from '../../app/validation/validation-session'
import type { LiveRun, ValidationState } from '../../stores/validation-store'

export const ValidationContext = createContext<ValidationSession | null>(null)

export function useValidation(): ValidationSession {
  const session = useContext(ValidationContext)
  if (session === null) throw new Error('This component stands outside <ValidationContext>.')
  return session
}

export const useValidationState = <T>(select: (state: ValidationState) => T): T =>
  useStore(useValidation().store, select)

export const useLive = (id: string): LiveRun | undefined => useValidationState((state) => state.live.get(id))
