import { html, raw } from 'hono/html'
import type { Language } from '../../../language/language.ts'
import { formatNumber, formatShare } from '../../../language/numbers.ts'
import type { Html } from '../../../web/env.ts'
import { type Answers, type Dimension, type Item, type Survey, surveyPath, textOf } from '../survey.ts'
import { words as surveyWords } from '../words.ts'
import { breakdown, type Group } from './breakdown.ts'
import { estimateInWords } from './pages.ts'
import { choiceCounts } from './results.ts'
import { table } from './tables.ts'
import { words } from './words.ts'

type Asked = { survey: Survey; items: readonly Item[]; answers: readonly Answers[]; by?: string; of?: string; language: Language }

/** Who answered, and satisfaction group by group; the comparison is chosen in the address. */
export function groupsSection({ survey, items, answers, by, of, language }: Asked): Html {
  const t = words[language]
  const profiles = items.filter(({ kind }) => kind === 'choice')
  const profile = profiles.find(({ code }) => code === by) ?? profiles[0]
  if (!profile) return html`<section id="groups"><h2>${t.groups}</h2><div class="empty">${t.noProfile}</div></section>`

  const dimensions = [...new Set(items.flatMap(({ kind, dimension }) => (kind === 'scale' && dimension ? [dimension] : [])))]
  const measured = dimensions.find((each) => each === of)
  const codes = items.filter(({ kind, dimension }) => kind === 'scale' && (!measured || dimension === measured)).map(({ code }) => code)
  const groups = breakdown(answers, profile, { codes }, survey.minimumCell)
  return html`
<section id="groups"><h2>${t.groups}</h2>
<p>${t.groupsLead(formatNumber(survey.minimumCell, language))}</p>
${chooser({ survey, profiles, profile, dimensions, measured, language })}
${table({
  caption: `${t.groups}: ${textOf(profile, language)}`,
  head: [t.group, t.count, `${t.satisfaction}: ${t.mean} (${t.interval})`],
  numeric: [1, 2],
  rows: groups.map((group) => groupRow(group, profile, language)),
})}
<h3>${t.choices}</h3>
${profiles.map((each) => choiceTable(each, answers, survey.minimumCell, language))}
</section>`
}

type Chooser = {
  survey: Survey
  profiles: readonly Item[]
  profile: Item
  dimensions: readonly Dimension[]
  measured: Dimension | undefined
  language: Language
}

function chooser({ survey, profiles, profile, dimensions, measured, language }: Chooser): Html {
  const t = words[language]
  const option = (value: string, label: string, chosen: boolean) =>
    html`<option value="${value}" ${chosen && raw('selected')}>${label}</option>`
  return html`
<form method="get" action="${surveyPath(survey)}/analysis#groups" class="list-search">
  <div class="field"><label for="by">${t.profile}</label><select class="form-select" id="by" name="by">${profiles.map((each) => option(each.code, textOf(each, language), each.code === profile.code))}</select></div>
  <div class="field"><label for="of">${t.measure}</label><select class="form-select" id="of" name="of">${option('', t.everything, !measured)}${dimensions.map((each) => option(each, surveyWords[language].dimension[each], each === measured))}</select></div>
  <button class="btn btn-outline-primary">${t.show}</button>
</form>`
}

function groupRow(group: Group, profile: Item, language: Language): string[] {
  const name = labelOf(profile, group.code, language)
  if (group.hidden) return [name, words[language].hidden, words[language].hidden]
  return [name, formatNumber(group.n, language), estimateInWords(group.estimate, language)]
}

const labelOf = (profile: Item, code: string | null, language: Language) => {
  const option = profile.options.find((each) => each.code === code)
  return option ? textOf(option, language) : words[language].notSaid
}

/** Shares of the answers alone: how many of them are very few is not said either. */
function choiceTable(item: Item, answers: readonly Answers[], minimum: number, language: Language): Html {
  const t = words[language]
  const rows = choiceCounts(item, answers).map(({ code, count }) => [
    labelOf(item, code, language),
    count > 0 && count < minimum ? t.hidden : formatNumber(count, language),
    count > 0 && count < minimum ? t.hidden : formatShare(count, answers.length, language),
  ])
  return html`<h4>${textOf(item, language)}</h4>${table({ caption: textOf(item, language), head: [t.group, t.count, t.share], numeric: [1, 2], rows })}`
}
