import type { Catalog, FieldInfo } from '../../src/scenario/catalog'

/** The rows of the tables in docs/scenario-format.md that follow from the catalog, by the heading they stand under. */
export function formatTables(catalog: Catalog): Readonly<Record<string, readonly string[]>> {
  const { hardware, policies, notYet } = catalog
  const policyRows = Object.entries(policies).flatMap(([kind, infos]) =>
    infos.map(
      (info) =>
        `| ${kind} | \`${info.name}\` | ${info.parameters.map(({ name }) => `\`${name}\``).join(', ')} | ${info.summary} |`,
    ),
  )
  const parameters = new Map(
    Object.values(policies)
      .flatMap((infos) => infos.flatMap((info) => info.parameters))
      .map((field) => [field.name, field]),
  )
  return {
    ...Object.fromEntries(Object.values(hardware).map((info) => [info.label, info.fields.map(fieldRow)])),
    Protocols: catalog.protocols.map(
      ({ name, payloadBytes, headerBytes, lossless, access, bandwidthGbps, propagationNs }) =>
        `| \`${name}\` | ${payloadBytes ?? 'unlimited'} | ${headerBytes} | ${lossless ? 'yes' : 'no'} | ${access} | ${bandwidthGbps ?? 'unlimited'} | ${propagationNs} |`,
    ),
    Policies: policyRows,
    Parameters: [...parameters.values()].map(fieldRow),
    'Not simulated yet': Object.entries(notYet)
      .filter(([, names]) => names.length > 0)
      .map(([kind, names]) => `| ${kind} | ${names.map((name) => `\`${name}\``).join(', ')} |`),
  }
}

function fieldRow(field: FieldInfo): string {
  const limits = field.unsupported === true ? 'only the default yet' : limitsOf(field)
  return `| \`${field.name}\` | ${field.unit} | ${field.type === 'code' ? 'a short rule' : JSON.stringify(field.default)} | ${limits} | ${field.summary} |`
}

function limitsOf(field: FieldInfo): string {
  const parts = field.choices?.map(
    (choice) => `\`${choice}\`${field.notYet?.includes(choice) === true ? ' (not yet)' : ''}`,
  ) ?? [rangeOf(field)]
  if (field.nullMeans !== undefined) parts.push(`null: ${field.nullMeans}`)
  return parts.filter((part) => part !== '').join(', ')
}

/** Upper bounds that only catch mistakes of units are left out. */
function rangeOf({ type, minimum, maximum = Infinity, exclusiveMinimum }: FieldInfo): string {
  const whole = type === 'integer' ? 'whole, ' : ''
  const isOpen = maximum >= 1e6
  if (exclusiveMinimum !== undefined)
    return `${whole}more than ${exclusiveMinimum}${isOpen ? '' : `, at most ${maximum}`}`
  if (minimum === undefined) return type
  return `${whole}${minimum}${isOpen ? ' or more' : ` to ${maximum}`}`
}
