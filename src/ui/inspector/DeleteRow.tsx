import { setAt } from '../../app/document-path'
import type { DocumentPath } from '../../app/document-path'
import { Button } from '../widgets/Button'
import { usePage } from '../widgets/page-context'
import { useApply } from './use-edit'

/** Takes what a form is about out of its list. */
export function DeleteRow({ path, name }: { readonly path: DocumentPath; readonly name: string }) {
  const { view } = usePage()
  const apply = useApply()
  return (
    <Button
      size="small"
      look="danger"
      className="start"
      onClick={() => {
        apply(`delete the ${name}`, (before) => setAt(before, path, undefined))
        view.setState({ selection: null })
      }}
    >
      Delete {name}
    </Button>
  )
}
