import type { Scenario } from '../scenario/scenario'
import type { LinkAddress, LinkBranch } from '../share'
import type { RunResult } from '../simulator/result'
import type { FileStore } from '../stores/file-store'
import { linkedScenario } from './branch/branch-link'
import { knownCatalog } from './open-document'
import type { Page } from './page'
import { checkOf } from './share-link'

export interface LinkFollowParts {
  readonly page: Pick<Page, 'catalog' | 'session' | 'consent' | 'branch' | 'branches'>
  readonly files: FileStore
  /** Has the code of a branch shown; runs the branch after a yes. */
  readonly ask: (changed: Scenario, run: () => void) => void
}

/** The run of a link is done: its branch follows, and what they gave is held against what the author got. */
export async function followLink(address: LinkAddress, parts: LinkFollowParts): Promise<void> {
  const { result } = parts.page.session.runStore.getState()
  if (address.branch !== null) await followBranch(address, address.branch, parts)
  else if (result !== null) await tellReproduction(address, parts, [{ check: address.check, result }])
}

/** Goes on a second time as the link says; its own code is shown before, as any other. */
async function followBranch(address: LinkAddress, branch: LinkBranch, parts: LinkFollowParts): Promise<void> {
  const { page, files, ask } = parts
  const { runStore } = page.session
  const { scenario, runNumber } = runStore.getState()
  if (scenario === null) return
  const linked = await linkedScenario(scenario, branch.change, await knownCatalog(page.catalog))
  if (runStore.getState().runNumber !== runNumber) return
  if ('lines' in linked) {
    files.setState({
      notice: { tone: 'problem', title: 'The branch of this link is left out', lines: linked.lines, actions: [] },
    })
    return
  }
  const { changed } = linked
  const run = async (): Promise<void> => {
    page.consent.ran(changed)
    await (await page.branch()).run(branch.momentPs, changed)
    const { result } = page.branches.getState()
    if (result === null) return
    await tellReproduction(address, parts, [
      { check: address.check, result: result.a },
      { check: branch.check, result: result.b },
    ])
  }
  if (page.consent.unaccepted(changed).length > 0) ask(changed, () => void run())
  else await run()
}

/** What an author says that a run gave; null: nothing. */
interface Claim {
  readonly check: string | null
  readonly result: RunResult
}

/** Whether the author of a link and this page got the same numbers. */
async function tellReproduction(
  address: LinkAddress,
  { files, page }: LinkFollowParts,
  claims: readonly Claim[],
): Promise<void> {
  const claimed = claims.filter(({ check }) => check !== null)
  if (claimed.length === 0) return
  const theirs = claimed.map(({ check }) => check).join(', ')
  const own = (await Promise.all(claimed.map(({ result }) => checkOf(result)))).join(', ')
  const isSame = own === theirs
  const engine = page.catalog.getState().catalog?.engineVersion ?? ''
  const author = address.engine === null ? 'another engine' : `engine ${address.engine}`
  files.setState({
    notice: {
      tone: isSame ? 'info' : 'problem',
      title: isSame ? 'Reproduced' : 'Differs',
      lines: [
        isSame
          ? `${claimed.length > 1 ? 'Your results, of the run and of the branch, equal' : 'Your result equals'} the author’s (${own}).`
          : `The author got ${theirs} with ${author}; you got ${own} with engine ${engine}.`,
      ],
      actions: [],
    },
  })
}
