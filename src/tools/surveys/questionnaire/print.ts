import { openPaper } from '../paper.ts'
import { type Item, publicPath, type Survey } from '../survey.ts'
import { asksImportance } from './form.ts'
import { words } from './words.ts'

type Printed = { survey: Survey; items: readonly Item[]; baseUrl: string; now: Temporal.Instant }

/** The questionnaire on paper, in Italian: tagged PDF, numbers to circle. */
export async function drawQuestionnaire({ survey, items, baseUrl, now }: Printed): Promise<Buffer> {
  const t = words.it
  const paper = await openPaper({ title: survey.title, author: survey.administration, at: now })
  paper.paragraph(`${survey.administration} · ${survey.service}`)
  paper.title(survey.title)
  if (survey.introduction) paper.paragraph(survey.introduction)
  paper.paragraph(`${t.paperHow} ${t.ends(survey.points)}. ${t.freeToSkip}`)

  const rated = items.filter(({ kind }) => kind === 'scale')
  if (rated.length > 0)
    paper.table({
      head: [t.question, t.howSatisfied, t.howImportant],
      widths: survey.points > 5 ? ['*', 150, 150] : ['*', 110, 110],
      rows: rated.map((item) => [item.it, numbers(survey.points), asksImportance(item) ? numbers(survey.points) : '–']),
    })
  for (const item of items.filter(({ kind }) => kind === 'choice')) {
    paper.paragraph(item.it, { strong: true })
    paper.list(item.options.map(({ it }) => `[   ] ${it}`))
  }
  for (const item of items.filter(({ kind }) => kind === 'text')) {
    paper.paragraph(item.it, { strong: true })
    paper.paragraph(t.doNotSign, { small: true })
    paper.lines(4)
  }
  paper.paragraph(t.paperReturn)
  if (survey.publishedAt) paper.paragraph(`${baseUrl}${publicPath(survey)}`, { small: true })
  return paper.close()
}

const numbers = (points: number) => Array.from({ length: points }, (_, index) => index + 1).join('   ')
