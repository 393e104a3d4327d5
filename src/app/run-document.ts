import { announce, type Page } from './page'

/** Runs the document as it is now. Says why not, if it has errors; asks first where it carries code. */
export function runDocument(page: Page, open: 'at-first-stop' | 'where-it-was'): void {
  const { scenario, document, problems } = page.documents.getState()
  if (scenario === null) {
    const count = problems.filter((problem) => problem.severity === 'error').length
    announce(page.view, `Not run: ${count} ${count === 1 ? 'problem' : 'problems'} to solve first.`)
    return
  }
  if (page.consent.unaccepted(scenario).length > 0) {
    page.session.runner.clear()
    page.consent.ask()
    return
  }
  page.consent.ran(scenario)
  void page.session.runner.run({ scenario, document, open })
}

/** Runs in the background every document that is opened and has traffic, and stands at the first thing worth seeing. */
export function runWhatIsOpened(page: Page): () => void {
  let known = NaN
  const look = () => {
    const { opened, scenario } = page.documents.getState()
    if (opened === known || scenario === null) return
    known = opened
    if (scenario.workload.sources.length > 0) runDocument(page, 'at-first-stop')
    else page.session.runner.clear()
  }
  look()
  return page.documents.subscribe(look)
}
