import type { Json } from './scenario'

/**
 * Our own JSON reader: the same words and the same places for a mistake in every browser and on the command line.
 * It takes RFC 8259 JSON and nothing more, and refuses what JSON leaves open: a key given twice, names that would
 * reach into an object's prototype, numbers too large for a double, and nesting deeper than `maximumDepth`.
 */

/** Lists and objects inside each other, the outermost counted. */
export const maximumDepth = 64
const mostMistakes = 100
const reservedKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** A place in a text; both count from 1, the column in UTF-16 units. */
interface TextPosition {
  readonly line: number
  readonly column: number
}

export interface JsonText {
  /** What the text says; undefined where it is not JSON. A key given twice keeps its first value. */
  readonly value: Json | undefined
  /** One line each: `line 12, column 5: found …, expected …`. */
  readonly mistakes: readonly string[]
}

/** Whether a key is refused in any object of a document. */
export function isReservedKey(key: string): boolean {
  return reservedKeys.has(key)
}

/** Reads a text; never throws. */
export function readJsonText(text: string): JsonText {
  const reader = new JsonReader(text)
  try {
    return { value: reader.readDocument(), mistakes: reader.mistakes }
  } catch (error) {
    if (!(error instanceof SyntaxMistake)) throw error
    return { value: undefined, mistakes: [...reader.mistakes, error.message] }
  }
}

/** Line and column of an offset into a text. */
function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/)
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

class SyntaxMistake extends Error {}

const space = /[ \t\n\r]*/y
const plainText = /[ !#-[\]-\uffff]*/y
const numberText = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const wordText = /[-+.]?[A-Za-z0-9_$.+-]+/y
const unicodeText = /[0-9a-fA-F]{4}/y
const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])
const literals: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
])

class JsonReader {
  readonly mistakes: string[] = []
  private offset = 0
  private depth = 0

  constructor(private readonly text: string) {}

  readDocument(): Json {
    if (this.text.startsWith('\ufeff')) this.offset = 1 // the mark that some editors put before UTF-8
    this.skipSpace()
    const value = this.readValue('a JSON document')
    this.skipSpace()
    if (this.offset < this.text.length) this.fail('the end of the text')
    return value
  }

  private readValue(expected: string): Json {
    const first = this.text[this.offset]
    if (first === '{') return this.readNested(() => this.readObject())
    if (first === '[') return this.readNested(() => this.readList())
    if (first === '"') return this.readString()
    return this.readWord(expected)
  }

  private readNested(read: () => Json): Json {
    this.depth += 1
    if (this.depth > maximumDepth) this.fail(`at most ${maximumDepth} lists and objects inside each other`)
    this.offset += 1
    this.skipSpace()
    const value = read()
    this.depth -= 1
    return value
  }

  private readObject(): Json {
    const object: Record<string, Json> = {}
    if (this.take('}')) return object
    do {
      this.skipSpace()
      if (this.text[this.offset] === '}') this.fail('another "key": value, as no comma may stand before "}"')
      this.readMember(object)
      this.skipSpace()
    } while (this.take(','))
    if (!this.take('}')) this.fail('"," or "}"')
    return object
  }

  private readMember(object: Record<string, Json>): void {
    const start = this.offset
    if (this.text[start] !== '"') this.fail('a key in double quotes')
    const key = this.readString()
    const isKnown = this.refuseKey(object, key, start)
    this.skipSpace()
    if (!this.take(':')) this.fail('":"')
    this.skipSpace()
    const value = this.readValue('a value')
    if (!isKnown) object[key] = value
  }

  /** Whether the key must not be stored; says why. */
  private refuseKey(object: Record<string, Json>, key: string, start: number): boolean {
    if (reservedKeys.has(key))
      return this.note(start, `the key ${quoted(key)}`, 'another name, as this one is reserved')
    if (!Object.hasOwn(object, key)) return false
    return this.note(start, `the key ${quoted(key)} a second time`, 'every key of an object once')
  }

  private readList(): Json {
    const list: Json[] = []
    if (this.take(']')) return list
    do {
      this.skipSpace()
      if (this.text[this.offset] === ']') this.fail('another value, as no comma may stand before "]"')
      list.push(this.readValue('a value'))
      this.skipSpace()
    } while (this.take(','))
    if (!this.take(']')) this.fail('"," or "]"')
    return list
  }

  private readString(): string {
    const start = this.offset
    this.offset += 1
    let content = ''
    for (;;) {
      content += this.match(plainText)
      if (this.take('"')) return content
      if (this.offset >= this.text.length) this.failAt(start, 'text without an end', 'a closing "')
      if (this.text[this.offset] !== '\\') this.fail('an escape such as \\n or \\t inside text')
      content += this.readEscape()
    }
  }

  private readEscape(): string {
    const start = this.offset
    const letter = this.text[start + 1] ?? ''
    this.offset += 2
    const plain = escapes.get(letter)
    if (plain !== undefined) return plain
    const digits = letter === 'u' ? this.match(unicodeText) : ''
    if (digits !== '') return String.fromCharCode(Number.parseInt(digits, 16))
    return this.failAt(start, `\\${letter}`, 'one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000')
  }

  private readWord(expected: string): Json {
    const start = this.offset
    const word = this.match(wordText)
    const literal = literals.get(word)
    if (literal !== undefined) return literal
    this.offset = start
    const digits = this.match(numberText)
    if (digits === '' || digits !== word) {
      this.offset = start
      this.fail(expectationFor(word, expected))
    }
    const number = Number(digits)
    if (!Number.isFinite(number)) this.failAt(start, digits, 'a number of at most 1.7976931348623157e308')
    return number === 0 ? 0 : number // -0 is 0
  }

  private skipSpace(): void {
    this.match(space)
  }

  private take(character: string): boolean {
    if (this.text[this.offset] !== character) return false
    this.offset += 1
    return true
  }

  /** What a sticky pattern matches here, stepped over; '' if nothing. */
  private match(pattern: RegExp): string {
    pattern.lastIndex = this.offset
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.offset += found.length
    return found
  }

  private fail(expected: string): never {
    const found = this.foundAt(this.offset)
    return this.failAt(this.offset, found, found === 'a comment' ? `${expected}, as JSON has no comments` : expected)
  }

  private failAt(offset: number, found: string, expected: string): never {
    throw new SyntaxMistake(this.mistake(offset, found, expected))
  }

  private note(offset: number, found: string, expected: string): true {
    if (this.mistakes.length < mostMistakes) this.mistakes.push(this.mistake(offset, found, expected))
    return true
  }

  private mistake(offset: number, found: string, expected: string): string {
    const { line, column } = positionAt(this.text, offset)
    return `line ${line}, column ${column}: found ${found}, expected ${expected}`
  }

  /** Words for what stands at an offset. */
  private foundAt(offset: number): string {
    const rest = this.text.slice(offset, offset + 40)
    if (rest === '') return 'the end of the text'
    if (rest.startsWith('//') || rest.startsWith('/*')) return 'a comment'
    wordText.lastIndex = 0
    const word = wordText.exec(rest)?.[0]
    if (word !== undefined) return word
    const character = String.fromCodePoint(rest.codePointAt(0) ?? 0)
    return character < ' ' ? controlName(character) : quoted(character)
  }
}

/** What was expected where a word stands that is no JSON value. */
function expectationFor(word: string, expected: string): string {
  if (/^[-+]?(?:NaN|Infinity)$/.test(word)) return 'a number, as JSON has no NaN and no Infinity'
  if (/^(?:True|False|None|undefined)$/.test(word)) return 'true, false or null'
  if (/^[-+.]?[0-9]/.test(word)) return 'a number such as 12, -0.5 or 3e6'
  return expected
}

function controlName(character: string): string {
  if (character === '\n' || character === '\r') return 'a line break'
  if (character === '\t') return 'a tab'
  return `the control character ${character.charCodeAt(0)}`
}

function quoted(text: string): string {
  return JSON.stringify(text)
}
