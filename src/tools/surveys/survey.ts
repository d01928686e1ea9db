import type { SurveyItemTable, SurveyResponseTable, SurveyTable } from '../../database/schema.ts'

export type Family = SurveyTable['family']
/** The kinds of service, each with its kit of questions. */
export const families = ['counter', 'online', 'telephone', 'territory', 'internal'] as const satisfies readonly Family[]

/** The dimensions of quality: those of delibera CiVIT 88/2010 first, then those of who meets the service. */
export const dimensions = [
  'accessibility',
  'timeliness',
  'transparency',
  'effectiveness',
  'courtesy',
  'competence',
  'environment',
  'overall',
] as const
export type Dimension = (typeof dimensions)[number]

export const itemKinds = ['scale', 'choice', 'text'] as const satisfies readonly SurveyItemTable['kind'][]
export type ItemKind = SurveyItemTable['kind']

/** How many points a scale may have. */
export const scales = [5, 10] as const

export type Option = { code: string; it: string; en: string }
export type Item = {
  id: number
  position: number
  /** Names its columns in files. */
  code: string
  kind: ItemKind
  dimension: Dimension | null
  bankKey: string | null
  it: string
  /** Empty where only the Italian was written. */
  en: string
  options: readonly Option[]
}

export type Survey = {
  id: number
  enrolmentId: number
  administrationId: number
  administration: string
  repeatsId: number | null
  code: string
  title: string
  service: string
  family: Family
  points: number
  introduction: string
  introductionEn: string
  reached: number | null
  minimumCell: number
  closesOn: Temporal.PlainDate | null
  mostAnswers: number | null
  formSecret: string
  revision: number
  createdAt: Temporal.Instant
  publishedAt: Temporal.Instant | null
  closedAt: Temporal.Instant | null
}

export type Source = SurveyResponseTable['source']

/** What one person answered, by the code of the item; what they left out is not there. */
export type Answers = Readonly<Record<string, Rating | string>>
export type Rating = { s?: number; i?: number }

export const isRating = (answer: Rating | string | undefined): answer is Rating => typeof answer === 'object'

export const surveyPath = ({ id }: { id: number }) => `/surveys/${id}`
export const surveysPath = (enrolmentId: number) => `/pathway/${enrolmentId}/surveys`
/** Where citizens answer. */
export const publicPath = ({ code }: { code: string }) => `/s/${code}`

export const textOf = ({ it, en }: { it: string; en: string }, language: 'it' | 'en') => (language === 'en' && en ? en : it)
