import { keyCaps } from '../../app/commands/key-match'

/** The keys of a shortcut, drawn as caps; readers get them from `aria-keyshortcuts`. */
export function KeyCaps({ keys }: { readonly keys: string }) {
  return (
    <span className="keys" aria-hidden="true">
      {keyCaps(keys).map((cap, i) => (
        <span key={i} className="key">
          {cap}
        </span>
      ))}
    </span>
  )
}
