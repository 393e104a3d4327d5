import type { Catalog, FieldInfo, HardwareInfo, PresetInfo } from '../../src/scenario/catalog'

const head = `# Presets and plain defaults

Named devices and links, and the defaults of plain ones, with what is published about each figure and what is not. This page is made
from the catalog: \`npx vitest run tests/contract/presets-page.test.ts --update\` writes it anew, and a test compares the two.

- **†** marks an assumption: a figure that nobody published, that was known from memory only, or that had to be chosen so that a device
  can be described at all. Prices and idle powers are nearly always of this kind. Change them where you know better.
- "Quoted by" says that a secondary text was read, not the source itself.
- A preset sets the figures listed; every other field has its plain default, which the second table of each kind gives.
- Presets belong to the version of the format: their values never change within it, new ones may be added.

In a scenario: \`"spec": "epyc-9654"\`, \`"spec": { "preset": "epyc-9654", "cores": 48 }\`, or \`"preset": "cxl-gen6-x8"\` in a link.
`

/** The text of docs/presets.md. */
export function presetsPage(catalog: Catalog): string {
  return [head, ...Object.values(catalog.hardware).map(section), protocolSection(catalog)].join('\n')
}

function section(info: HardwareInfo): string {
  const named = info.presets.filter(({ name }) => name !== 'plain')
  return [
    `## ${info.label}\n`,
    ...table(['preset', 'what it is', 'figures', 'sources'], named.map(presetRow)),
    `\nPlain defaults:\n`,
    ...table(['field', 'unit', 'default', 'source'], info.fields.map(defaultRow)),
    '',
  ].join('\n')
}

function presetRow(preset: PresetInfo): readonly string[] {
  return [`\`${preset.name}\``, `${preset.label}. ${preset.summary}`, figures(preset), `${preset.source}.`]
}

function figures({ values, assumed }: PresetInfo): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}\u00A0${shown(value)}${assumed.includes(name) ? '†' : ''}`)
    .join(', ')
}

function defaultRow(field: FieldInfo): readonly string[] {
  const isAssumed = field.source === 'assumed'
  return [
    `\`${field.name}\``,
    field.unit,
    `${shown(field.default)}${isAssumed ? '†' : ''}`,
    isAssumed ? '' : (field.source ?? ''),
  ]
}

function protocolSection({ protocols }: Catalog): string {
  return [
    '## Protocols\n',
    'What a link has unless it says otherwise; payload and header follow from the layouts named, rate and length are assumptions†.\n',
    ...table(
      ['protocol', 'payloadBytes', 'headerBytes', 'source'],
      protocols.map(({ name, payloadBytes, headerBytes, source }) => [
        `\`${name}\``,
        shown(payloadBytes),
        shown(headerBytes),
        source,
      ]),
    ),
    '',
  ].join('\n')
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)]
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
