import * as z from 'zod'
import { choiceField, dayField, optionalLink, optionalText, requiredText } from '../../web/forms.ts'
import { mostCriteria, mostPoints } from '../assignments/rubric/rules.ts'
import { moduleKinds, toolNames } from '../definition/rules.ts'
import { questionKinds } from '../intake/rules.ts'
import { conditionSchema } from '../rules/condition.ts'
import { fieldKinds } from '../worksheets/fields.ts'
import { settingsSchema } from '../worksheets/settings.ts'

export const format = 'percorsi-programme'
export const version = 1

/** Names something inside one file: "module-3". */
const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'key_form')
const days = z.int().min(0).max(3650)

const fieldSchema = z.strictObject({
  label: requiredText(500),
  help: optionalText(2000),
  kind: choiceField(fieldKinds).default('text'),
  required: z.boolean().default(true),
  settings: settingsSchema.default({}),
})

const moduleSchema = z.strictObject({
  key,
  kind: choiceField(moduleKinds),
  title: requiredText(200),
  summary: optionalText(500),
  body: optionalText(20_000),
  link: optionalLink.nullable(),
  recognitionMonths: z.int().min(0).max(1200).nullable(),
  // Files of before there were several tools say nothing of them.
  tool: z.enum(toolNames).nullable().default(null),
  worksheet: z.array(fieldSchema).max(100),
  rubric: z
    .array(z.strictObject({ label: requiredText(300), points: z.int().min(1).max(mostPoints) }))
    .max(mostCriteria)
    .default([]),
})

const dueSchema = z
  .discriminatedUnion('from', [
    z.strictObject({ from: z.literal('enrolment'), days }),
    z.strictObject({ from: z.literal('module'), module: key, days }),
    z.strictObject({ from: z.literal('session'), module: key, days }),
    z.strictObject({ from: z.literal('fixed'), on: dayField }),
  ])
  .nullable()

const stepSchema = z.strictObject({
  module: key,
  section: optionalText(120),
  due: dueSchema,
  notBefore: dayField.nullable(),
  optional: z.boolean(),
  metBy: choiceField(['any', 'all', 'at_least']),
  metByCount: z.int().min(1).max(1000).nullable(),
  requires: z.array(key).max(200),
})

const pathwaySchema = z.strictObject({
  key,
  title: requiredText(200),
  summary: optionalText(1000),
  certificatePercent: z.int().min(0).max(100),
  sections: z.array(z.strictObject({ title: requiredText(120), needed: z.int().min(0).max(200) })).max(200),
  modules: z.array(stepSchema).max(200),
})

const questionSchema = z.strictObject({
  name: requiredText(40),
  kind: choiceField(questionKinds),
  label: requiredText(300),
  help: optionalText(500),
  required: z.boolean(),
  options: z.array(z.strictObject({ value: requiredText(200), label: requiredText(300) })).max(200),
})

/** A whole programme as one file: what is decided about it, nothing of who takes part. Its parts name each other by key. */
export const documentSchema = z.strictObject({
  format: z.literal(format),
  version: z.literal(version),
  programme: z.strictObject({ title: requiredText(200), summary: optionalText(2000), startsOn: dayField, endsOn: dayField }),
  modules: z.array(moduleSchema).max(500),
  pathways: z.array(pathwaySchema).max(100),
  intake: z.array(questionSchema).max(100),
  rules: z.array(z.strictObject({ title: requiredText(200), pathway: key, condition: conditionSchema })).max(200),
  additions: z.array(z.strictObject({ title: requiredText(200), module: key, condition: conditionSchema })).max(200),
})

export type ProgrammeDocument = z.output<typeof documentSchema>
export type DocumentPathway = ProgrammeDocument['pathways'][number]
export type DocumentStep = DocumentPathway['modules'][number]
export type DocumentQuestion = ProgrammeDocument['intake'][number]

/** The same document gives the same bytes. */
export const writeDocument = (document: ProgrammeDocument): string => `${JSON.stringify(document, null, 2)}\n`
