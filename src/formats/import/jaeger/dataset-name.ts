import type { ImportInput } from '../importer'
import { compareText } from './span'

/** The file's name without its endings, or the folder that all files are in. */
export function datasetName(inputs: readonly ImportInput[]): string {
  const folder = commonFolder(inputs)
  const [only] = inputs
  const name = inputs.length === 1 && only !== undefined ? fileName(only.name) : (folder.split('/').at(-1) ?? '')
  return name === '' ? 'jaeger' : name
}

/** The file's name, or a pattern for those of a folder, or all names. */
export function inputName(inputs: readonly ImportInput[]): string {
  const folder = commonFolder(inputs)
  if (inputs.length > 1 && folder !== '') return `${folder}/*`
  return inputs
    .map((input) => input.name)
    .sort(compareText)
    .join(', ')
}

function fileName(path: string): string {
  return (plainPath(path).split('/').at(-1) ?? '').replace(/(\.(json|gz|txt))+$/i, '')
}

function commonFolder(inputs: readonly ImportInput[]): string {
  const folders = inputs.map((input) => plainPath(input.name).split('/').slice(0, -1))
  const [first, ...others] = folders
  if (first === undefined) return ''
  const shared = first.findIndex((part, index) => !others.every((other) => other[index] === part))
  return first.slice(0, shared === -1 ? first.length : shared).join('/')
}

function plainPath(path: string): string {
  return path.replaceAll('\\', '/')
}
