import type { z } from 'zod'
import { documentSchema, format, type ProgrammeDocument, version } from './document.ts'
import { documentProblems, type Problem, type Refusal, type ShapeRefusal } from './rules.ts'

export const largestFile = 5 * 1024 * 1024
const deepest = 100

export type Read = { document: ProgrammeDocument } | { problems: Problem[] }

/** A file as it was uploaded: UTF-8, with a byte order mark or without. */
export function readDocument(bytes: Uint8Array): Read {
  if (bytes.length > largestFile) return fileProblem('too_large')
  if (isUtf16(bytes)) return fileProblem('encoding')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return fileProblem('encoding')
  }
  if (text.trim() === '') return fileProblem('empty')
  try {
    return checkDocument(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return fileProblem('not_json')
    throw error
  }
}

/** Every other byte of plain text in UTF-16 is zero; in UTF-8 none is. */
const isUtf16 = (bytes: Uint8Array) =>
  bytes.subarray(0, 100).includes(0) || (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)

/** What was read as a document that can be imported, or all that is wrong with it. */
export function checkDocument(value: unknown): Read {
  const hostile = structureRefusal(value)
  if (hostile) return fileProblem(hostile)
  const stranger = strangerRefusal(value)
  if (stranger) return fileProblem(stranger)

  const { data, error } = documentSchema.safeParse(value)
  if (error) return { problems: error.issues.flatMap((issue) => shapeProblems(issue, value)) }
  const problems = documentProblems(data)
  return problems.length > 0 ? { problems } : { document: data }
}

const fileProblem = (refusal: Refusal) => ({ problems: [{ path: [], refusal }] })

/** Walked with a list of our own: a file nested without end would fill the stack. */
function structureRefusal(value: unknown): 'too_deep' | 'forbidden_key' | null {
  const waiting = [{ value, depth: 1 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue
    if (next.depth > deepest) return 'too_deep'
    if (Object.hasOwn(next.value, '__proto__')) return 'forbidden_key'
    for (const inner of Object.values(next.value)) waiting.push({ value: inner, depth: next.depth + 1 })
  }
  return null
}

/** Some other JSON, or ours from a later time. */
function strangerRefusal(value: unknown): 'not_a_programme' | 'newer_format' | null {
  if (typeof value !== 'object' || value === null) return 'not_a_programme'
  const head = value as { format?: unknown; version?: unknown }
  if (head.format !== format) return 'not_a_programme'
  return typeof head.version === 'number' && head.version > version ? 'newer_format' : null
}

type Issue = z.core.$ZodIssue

function shapeProblems(issue: Issue, value: unknown): Problem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol')
  if (issue.code === 'unrecognized_keys') return issue.keys.map((named) => ({ path, refusal: 'unknown_key', named }))
  return [{ path, refusal: shapeRefusal(issue, valueAt(value, path)) }]
}

function shapeRefusal(issue: Issue, found: unknown): ShapeRefusal {
  if (issue.code === 'invalid_type') return found === undefined ? 'missing' : 'wrong_form'
  if (issue.code === 'too_big') return 'origin' in issue && issue.origin === 'array' ? 'too_many' : written(issue.message, 'too_big')
  if (issue.code === 'too_small') return written(issue.message, 'too_small')
  if (issue.code === 'invalid_value') return 'choice'
  if (issue.code === 'invalid_union') return found === undefined ? 'missing' : 'discriminator' in issue ? 'choice' : 'wrong_form'
  return written(issue.message, 'wrong_form')
}

/** Fields say what is wrong by a name of ours. */
const written = (message: string, otherwise: ShapeRefusal): ShapeRefusal =>
  fieldRefusals.find((refusal) => refusal === message) ?? otherwise

const fieldRefusals = ['required', 'too_long', 'link', 'date', 'choice', 'key_form'] as const

const valueAt = (value: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inside, part) => (typeof inside === 'object' && inside !== null ? (inside as Record<string | number, unknown>)[part] : undefined),
    value,
  )
