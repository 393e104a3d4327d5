import { expect, test } from 'vitest'
import { ariaKeys, isSingleKey, keyCaps, pressName } from '../../../../src/app/commands/key-match'

const press = (
  key: string,
  code: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {},
) => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
})

test('letters go by the character, digits by the place', () => {
  expect(pressName(press('a', 'KeyQ'), false)).toBe('A')
  expect(pressName(press('&', 'Digit1', { shiftKey: true }), false)).toBe('Shift+1')
})

test('a sign is itself, whatever makes it', () => {
  expect(pressName(press('?', 'Minus', { shiftKey: true }), false)).toBe('?')
  expect(pressName(press('+', 'Equal', { shiftKey: true }), false)).toBe('+')
})

test('the command key of a Mac is Ctrl', () => {
  expect(pressName(press('z', 'KeyZ', { metaKey: true, shiftKey: true }), true)).toBe('Ctrl+Shift+Z')
  expect(pressName(press('z', 'KeyZ', { ctrlKey: true }), true)).toBe('Z')
})

test('letters alone can be told from shortcuts with a modifier', () => {
  expect(isSingleKey('A')).toBe(true)
  expect(isSingleKey('A C')).toBe(true)
  expect(isSingleKey('Shift+1')).toBe(true)
  expect(isSingleKey('Ctrl+K')).toBe(false)
  expect(isSingleKey('F6')).toBe(false)
  expect(isSingleKey('Escape')).toBe(false)
})

test('keys are written for readers and for eyes', () => {
  expect(ariaKeys(['Ctrl+Shift+Z', 'A C'])).toBe('Control+Shift+Z')
  expect(keyCaps('Ctrl+Enter')).toEqual(['Ctrl ⏎'])
  expect(keyCaps('A C')).toEqual(['A', 'C'])
})
