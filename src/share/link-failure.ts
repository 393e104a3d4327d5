/** Why a link cannot be opened. Each has its own words, as each has its own way out. */
export type LinkFailure =
  /** A character changed on the way. */
  | { readonly kind: 'damaged' }
  /** The end is missing. */
  | { readonly kind: 'truncated' }
  /** Made by a later grammar, codec or scenario version than this page knows. */
  | { readonly kind: 'too-new'; readonly what: string }
  /** Made to harm, or so large or deep that it may as well be. */
  | { readonly kind: 'unsafe'; readonly what: string }
  /** Whole and sound, but something else. */
  | { readonly kind: 'not-a-scenario'; readonly what: string }
  /** Part of the grammar that this version does not open yet. */
  | { readonly kind: 'not-yet'; readonly what: string }

export interface FailureText {
  /** One short sentence, for a heading. */
  readonly title: string
  /** What it means and what to do. */
  readonly advice: string
}

/** The words for a failure. */
export function failureText(failure: LinkFailure): FailureText {
  switch (failure.kind) {
    case 'damaged':
      return {
        title: 'This link is damaged',
        advice: 'A character in it changed on the way. Copy the link again from where it came from, or ask for a file.',
      }
    case 'truncated':
      return {
        title: 'The end of this link is missing',
        advice: 'Some programs cut long links. Ask for the whole link or a file.',
      }
    case 'too-new':
      return {
        title: 'This link is from a newer unrack',
        advice: `It uses ${failure.what}. Reload the page, as an update may be waiting, or ask for a file.`,
      }
    case 'unsafe':
      return {
        title: 'This link was refused',
        advice: `It holds ${failure.what}. Nothing of it was opened. Open it only as a file from somebody you trust.`,
      }
    case 'not-a-scenario':
      return {
        title: 'This link holds no scenario',
        advice: `Found ${failure.what}. Ask for the link again or for a file.`,
      }
    case 'not-yet':
      return {
        title: 'This kind of link cannot be opened yet',
        advice: `${failure.what}. Ask for a full link or a file.`,
      }
  }
}
