import {
  snippetCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'

type Words = { readonly [word: string]: string }

/** What can be written, with what it means. */
export interface CodeWords {
  /** Names that stand by themselves. */
  readonly names: Words
  /** Fields behind a point, by the name of what has them. */
  readonly fields: { readonly [owner: string]: Words }
}

const options = (words: Words, type: string): Completion[] =>
  Object.entries(words).map(([label, info]) => ({ label, type, info, boost: 1 }))

/** What of the language helps a rule. */
const language: readonly Completion[] = [
  snippetCompletion('Math.random()', {
    label: 'Math.random',
    type: 'function',
    info: 'drawn from the seed of the run',
  }),
  snippetCompletion('return { choose: ${0}, reason: `${}` }', { label: 'return { choose, reason }', type: 'keyword' }),
  snippetCompletion('for (const ${one} of ${list}) {\n\t${}\n}', { label: 'for', detail: 'of', type: 'keyword' }),
]

/**
 * Completes the names that a rule is given, and behind a point the fields: those of the owner where the name tells, of
 * all that the rule sees where it does not.
 */
export function completionOf({ names, fields }: CodeWords): (context: CompletionContext) => CompletionResult | null {
  const all = Object.values(fields).flatMap((words) => options(words, 'property'))
  const free = [...options(names, 'variable'), ...language]
  return (context) => {
    const member = context.matchBefore(/[\w$\])]+\??\.\w*/)
    if (member !== null) {
      const [owner = ''] = /^[\w$]*/.exec(member.text) ?? []
      const own = Object.hasOwn(fields, owner) ? fields[owner] : undefined
      return {
        from: member.from + member.text.lastIndexOf('.') + 1,
        options: own === undefined ? unique(all) : options(own, 'property'),
        validFor: /^\w*$/,
      }
    }
    const word = context.matchBefore(/[A-Za-z_$][\w$]*/)
    if (word === null && !context.explicit) return null
    return { from: word?.from ?? context.pos, options: free, validFor: /^[\w$]*$/ }
  }
}

function unique(list: readonly Completion[]): Completion[] {
  return [...new Map(list.map((one) => [one.label, one])).values()]
}
