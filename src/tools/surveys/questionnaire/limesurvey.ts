import { type Dimension, dimensions, type Item, type Survey, textOf } from '../survey.ts'
import { words as surveyWords } from '../words.ts'
import { asksImportance } from './form.ts'
import { words } from './words.ts'

/**
 * The columns of LimeSurvey's "Tab Separated Value survey structure". Its importer (TSVImportSurvey) finds them by these
 * names, gives groups, questions and subquestions their numbers itself, and joins the languages by group number and by code.
 */
export const limesurveyColumns = [
  'class',
  'type/scale',
  'name',
  'relevance',
  'text',
  'help',
  'language',
  'validation',
  'mandatory',
  'other',
  'default',
  'same_default',
] as const
type Column = (typeof limesurveyColumns)[number]
type Row = Partial<Record<Column, string>>

const languages = ['it', 'en'] as const
type Language = (typeof languages)[number]

/** Short names of the dimensions, as question codes take letters and figures alone. */
const groupCode = (dimension: Dimension) => `${dimension.slice(0, 4).toUpperCase()}`
/** The questions that hold the two scales of a dimension: `SATACCE[Q1]`, `IMPACCE[Q1]` in the exported answers. */
export const arrayCode = (scale: 's' | 'i', dimension: Dimension) => `${scale === 's' ? 'SAT' : 'IMP'}${groupCode(dimension)}`

/** The questionnaire as a file that LimeSurvey imports: UTF-8 with byte order mark, Italian first, then the same rows in English. */
export function limesurveyStructure(survey: Survey, items: readonly Item[]): string {
  const rows = [
    ...surveyRows(),
    ...languages.flatMap((language) => settingRows(survey, language)),
    ...languages.flatMap((language) => contentRows(survey, items, language)),
  ]
  const lines = [limesurveyColumns.join('\t'), ...rows.map((row) => limesurveyColumns.map((column) => cell(row[column] ?? '')).join('\t'))]
  return `\uFEFF${lines.join('\r\n')}\r\n`
}

/** Read by fgetcsv with `"`: only what needs quotes gets them; a tab or a line break in a text becomes a space or `<br />`. */
function cell(text: string): string {
  const flat = text.replaceAll('\t', ' ').replace(/\r\n?|\n/g, '<br />')
  return flat.includes('"') ? `"${flat.replaceAll('"', '""')}"` : flat
}

/** LimeSurvey shows texts as HTML and reads braces as expressions. */
const written = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('{', '{ ')

function surveyRows(): Row[] {
  const settings = {
    language: 'it',
    additional_languages: 'en',
    anonymized: 'Y',
    format: 'G',
    ipaddr: 'N',
    refurl: 'N',
    usecookie: 'N',
    datestamp: 'N',
    showwelcome: 'Y',
    shownoanswer: 'Y',
  }
  return Object.entries(settings).map(([name, text]) => ({ class: 'S', name, text }))
}

function settingRows(survey: Survey, language: Language): Row[] {
  const introduction = language === 'en' && survey.introductionEn ? survey.introductionEn : survey.introduction
  const settings = {
    surveyls_language: language,
    surveyls_title: written(survey.title),
    surveyls_description: written(survey.service),
    surveyls_welcometext: `${written(introduction)}<br />${words[language].freeToSkip}`,
    surveyls_endtext: '',
    surveyls_url: '',
    surveyls_urldescription: '',
    surveyls_dateformat: '5',
  }
  return Object.entries(settings).map(([name, text]) => ({ class: 'SL', name, text, language }))
}

function contentRows(survey: Survey, items: readonly Item[], language: Language): Row[] {
  const groups = [
    ...dimensions.map((dimension) => ({
      title: surveyWords[language].dimension[dimension],
      rows: arrayRows(
        survey,
        items.filter((item) => item.kind === 'scale' && item.dimension === dimension),
        dimension,
        language,
      ),
    })),
    { title: words[language].aboutYou, rows: items.filter(({ kind }) => kind === 'choice').flatMap((item) => choiceRows(item, language)) },
    { title: words[language].inYourWords, rows: items.filter(({ kind }) => kind === 'text').map((item) => question(item, 'T', language)) },
  ].filter(({ rows }) => rows.length > 0)
  return groups.flatMap(({ title, rows }, index) => [
    { class: 'G', 'type/scale': `G${index + 1}`, name: title, relevance: '1', text: '', language },
    ...rows,
  ])
}

/** One array (type F) for each scale: the subject of each row is a subquestion, the points of the scale are the answers. */
function arrayRows(survey: Survey, items: readonly Item[], dimension: Dimension, language: Language): Row[] {
  const t = words[language]
  return (['s', 'i'] as const).flatMap((scale) => {
    const asked = items.filter((item) => scale === 's' || asksImportance(item))
    if (asked.length === 0) return []
    const text = `${scale === 's' ? t.howSatisfied : t.howImportant} ${t.ends(survey.points)}`
    return [
      {
        class: 'Q',
        'type/scale': 'F',
        name: arrayCode(scale, dimension),
        relevance: '1',
        text,
        language,
        mandatory: 'N',
        other: 'N',
        same_default: '0',
      },
      ...asked.map((item) => ({
        class: 'SQ',
        'type/scale': '0',
        name: item.code,
        relevance: '1',
        text: written(textOf(item, language)),
        language,
        mandatory: 'N',
      })),
      ...Array.from({ length: survey.points }, (_, index) => ({
        class: 'A',
        'type/scale': '0',
        name: String(index + 1),
        relevance: String(index + 1),
        text: String(index + 1),
        language,
      })),
    ]
  })
}

const choiceRows = (item: Item, language: Language): Row[] => [
  question(item, 'L', language),
  ...item.options.map((option) => ({
    class: 'A',
    'type/scale': '0',
    name: option.code,
    relevance: '0',
    text: written(textOf(option, language)),
    language,
  })),
]

const question = (item: Item, type: 'L' | 'T', language: Language): Row => ({
  class: 'Q',
  'type/scale': type,
  name: item.code,
  relevance: '1',
  text: written(textOf(item, language)),
  help: type === 'T' ? words[language].doNotSign : '',
  language,
  mandatory: 'N',
  other: 'N',
  same_default: '0',
})
