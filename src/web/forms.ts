import type { Context } from 'hono'
import * as z from 'zod'
import { readBody } from './body.ts'
import type { FieldProblem } from './words.ts'

/** What is wrong, field by field: a key of `web/words` `error`, or a whole sentence of the feature's own. */
export type Problems = Partial<Record<string, FieldProblem | (string & {})>>

/** What was typed, as text, to show again beside the problems. */
export type Typed = Record<string, string | string[] | undefined>

export type FormResult<T> = { value: T; problems: null; typed: Typed } | { value: null; problems: Problems; typed: Typed }

/** Reads a posted form by its schema; repeated names (`name[]` or checkboxes) come as arrays. Files are left out: see uploads. */
export async function readForm<S extends z.ZodType>(c: Context, schema: S): Promise<FormResult<z.output<S>>> {
  const body = await readBody(c)
  const typed: Typed = {}
  for (const [name, value] of Object.entries(body)) {
    const texts = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')
    if (texts.length > 0) typed[name] = texts.length === 1 ? texts[0] : texts
  }
  return checkForm(schema, typed)
}

export function checkForm<S extends z.ZodType>(schema: S, typed: Typed): FormResult<z.output<S>> {
  const { success, data, error } = schema.safeParse(typed)
  if (success) return { value: data, problems: null, typed }
  const problems: Problems = {}
  for (const issue of error.issues) problems[issue.path.join('.')] ??= issue.message
  return { value: null, problems, typed }
}

// Fields as forms send them; the messages are keys of the words. --------------------------------------------------

/** Zero-width and direction-changing characters deceive readers; control characters break calendars and mail. */
const clean = (text: string) =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Cf}]/gu, '')
    .trim()

const key = (problem: FieldProblem) => problem

/** A field that the browser left out is an empty one; the same name sent twice can't be read. */
const typedText = z
  .string(key('required'))
  .optional()
  .transform((text) => clean(text ?? ''))

/** One line or several; never empty. */
export const requiredText = (most = 200) => typedText.pipe(z.string().min(1, key('required')).max(most, key('too_long')))
/** Empty when nothing was typed. */
export const optionalText = (most = 200) => typedText.pipe(z.string().max(most, key('too_long')))

export const emailField = typedText.pipe(
  z
    .string()
    .min(1, key('required'))
    .max(254, key('too_long'))
    .toLowerCase()
    .pipe(z.email({ error: key('email'), pattern: z.regexes.html5Email })),
)

/** Empty when nothing was typed. */
export const optionalEmailField = typedText.pipe(
  z
    .string()
    .max(254, key('too_long'))
    .toLowerCase()
    .refine((text) => text === '' || z.regexes.html5Email.test(text), key('email')),
)

/** An address of the web or nothing; `javascript:` and the like are refused. */
export const optionalLink = typedText.pipe(
  z
    .string()
    .max(2000, key('too_long'))
    .refine((text) => text === '' || isWebAddress(text), key('link'))
    .transform((text) => text || null),
)

export const requiredNumber = ({ least = 0, most = 1_000_000 } = {}) =>
  typedText.pipe(
    z
      .string()
      .min(1, key('required'))
      .regex(/^-?\d{1,9}$/, key('number'))
      .transform(Number)
      .pipe(z.number().min(least, key('too_small')).max(most, key('too_big'))),
  )

export const optionalNumber = ({ least = 0, most = 1_000_000 } = {}) =>
  typedText.pipe(
    z
      .string()
      .regex(/^(-?\d{1,9})?$/, key('number'))
      .transform((text) => (text === '' ? null : Number(text)))
      .pipe(z.number().min(least, key('too_small')).max(most, key('too_big')).nullable()),
  )

export const dayField = typedText.pipe(
  z
    .string()
    .min(1, key('required'))
    .refine((text) => asDay(text) !== null, key('date')),
)

/** Empty, or a day. */
export const optionalDay = typedText.pipe(
  z
    .string()
    .refine((text) => text === '' || asDay(text) !== null, key('date'))
    .transform(asDay),
)

/** Empty, or a day with a time as browsers write them: `2026-03-10T09:00`, null when empty. */
export const optionalDayAndTime = typedText.pipe(
  z
    .string()
    .regex(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?)?$/, key('date'))
    .transform((text) => (text === '' ? null : { day: text.slice(0, 10), time: text.slice(11, 16) })),
)

export const timeField = typedText.pipe(
  z
    .string()
    .min(1, key('required'))
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, key('time')),
)

export const choiceField = <const C extends readonly [string, ...string[]]>(choices: C) =>
  typedText.pipe(
    z
      .string()
      .min(1, key('required'))
      .pipe(z.enum(choices, key('choice'))),
  )

/** An id chosen in a list. */
export const idField = typedText.pipe(
  z
    .string()
    .min(1, key('required'))
    .regex(/^\d{1,9}$/, key('choice'))
    .transform(Number),
)
export const optionalIdField = typedText.pipe(
  z
    .string()
    .regex(/^\d{0,9}$/, key('choice'))
    .transform((text) => (text === '' ? null : Number(text))),
)

/** Checkboxes or a multiple choice: always an array. */
export const manyField = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]))

function isWebAddress(text: string) {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
}

/** A day as date fields write it; null when it is none. */
export function asDay(text: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    return null
  }
}
