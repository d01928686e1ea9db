import type { Language } from '../../language/language.ts'
import type { Column, Option } from './fields.ts'
import { words } from './words.ts'

export const readOptions = (text: string): Option[] => [...new Set(linesOf(text))].map((label) => ({ value: label, label }))

export const writeOptions = (options: readonly Option[] = []): string => options.map(({ label }) => label).join('\n')

export type ColumnsProblem = { problem: 'kind_unknown' | 'no_choices' | 'label_twice' | 'too_many' | 'too_long'; line: string }

const mostColumns = 12

/** Columns as they are typed, one a line: `Servizio`, `Utenti | numero`, `Esito | scelta | buono, cattivo`. Those kept keep their names. */
export function readColumns(text: string, kept: readonly Column[], language: Language): { columns: Column[] } | ColumnsProblem {
  const lines = linesOf(text)
  if (lines.length > mostColumns) return { problem: 'too_many', line: String(lines.length) }
  const columns: Column[] = []
  for (const line of lines) {
    const [label = '', kindName = '', choices = ''] = line.split('|').map((part) => part.trim())
    if (label.length > 120) return { problem: 'too_long', line }
    const kind = kindName === '' ? 'line' : kindCalled(kindName, language)
    if (!kind) return { problem: 'kind_unknown', line: kindName }
    const options = choices.split(',').flatMap((each) => each.trim() || [])
    if (kind === 'choice' && options.length < 2) return { problem: 'no_choices', line: label }
    if (columns.some((each) => each.label === label)) return { problem: 'label_twice', line: label }
    const name = kept.find((each) => each.label === label)?.name ?? freeName([...kept, ...columns])
    columns.push({ name, label, kind, ...(kind === 'choice' && { options: options.map((each) => ({ value: each, label: each })) }) })
  }
  return { columns }
}

export const writeColumns = (columns: readonly Column[] = [], language: Language): string =>
  columns
    .map(({ label, kind, options = [] }) => {
      if (kind === 'line') return label
      const choices = kind === 'choice' ? ` | ${options.map((option) => option.label).join(', ')}` : ''
      return `${label} | ${words[language].columnKinds[kind]}${choices}`
    })
    .join('\n')

const linesOf = (text: string) => text.split('\n').flatMap((line) => line.trim() || [])

function kindCalled(name: string, language: Language): Column['kind'] | undefined {
  const names = Object.entries(words[language].columnKinds) as [Column['kind'], string][]
  return names.find(([, called]) => called === name.toLowerCase())?.[0]
}

function freeName(columns: readonly Column[]): string {
  const taken = new Set(columns.map(({ name }) => name))
  let number = 1
  while (taken.has(`c${number}`)) number += 1
  return `c${number}`
}
