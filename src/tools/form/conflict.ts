import { html } from 'hono/html'
import { nameOrFormer } from '../../administrations/referents/names.ts'
import { type Answers, type Field, rowsOf, textOf } from '../../pathways/worksheets/fields.ts'
import type { Html } from '../../web/env.ts'
import { blocksHtml } from '../document/blocks.ts'
import { toolPath } from '../paths.ts'
import type { Worksheet } from '../queries.ts'
import { sameValue } from '../rules.ts'
import type { Showing } from '../tool.ts'
import { words } from '../words.ts'
import { writtenNumber } from './numbers.ts'
import { type Work, workForm } from './page.ts'
import { cellName } from './read.ts'
import { fieldBlock } from './show.ts'

/** Both versions side by side to choose from, and the form with the writer's own, ready to be saved over the other. */
export function conflictPage(work: Work, showing: Showing, { theirs, yours }: { theirs: Worksheet; yours: Answers }): Html {
  const t = words[showing.language]
  const { open, form } = work
  const by = nameOrFormer(theirs.savedBy, showing.language)
  return html`
<h1>${open.title}</h1>
<div class="alert alert-warning" role="alert" tabindex="-1" data-focus>
  <p><strong>${t.conflictTitle}</strong></p>
  <p>${t.conflict(by, showing.dates.moment(theirs.savedAt))}</p>
</div>
<section>
  <h2>${t.differences}</h2>
  ${differences(form.fields, { from: theirs.answers, to: yours, titles: [t.theirs(by), t.yours] }, showing)}
  <form method="post" action="${toolPath(open)}" class="actions">
    <input type="hidden" name="revision" value="${theirs.revision}">
    ${encoded(form.fields, yours, showing).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
    <button class="btn btn-outline-primary">${t.keepYours}</button>
    <a class="btn btn-outline-primary" href="${toolPath(open)}">${t.keepTheirs(by)}</a>
  </form>
</section>
${workForm({ ...work, worksheet: { ...theirs, answers: yours } }, showing, { heading: t.yourForm })}`
}

type Two = { from: Answers; to: Answers; titles: readonly [string, string] }

/** The fields that two versions don't have alike, side by side. */
export function differences(fields: readonly Field[], { from, to, titles }: Two, showing: Showing): Html {
  const differing = fields.filter(({ name }) => !sameValue(from[name], to[name]))
  return html`${differing.map(
    (field) => html`
  <h3>${field.label}</h3>
  <div class="fields versions">
    <div class="tile mb-3"><h4 class="h6">${titles[0]}</h4>${blocksHtml([fieldBlock(field, from, showing)], 5)}</div>
    <div class="tile mb-3"><h4 class="h6">${titles[1]}</h4>${blocksHtml([fieldBlock(field, to, showing)], 5)}</div>
  </div>`,
  )}`
}

/** Answers as a form sends them. */
function encoded(fields: readonly Field[], answers: Answers, { language }: Showing): [string, string][] {
  const value = (kind: string, text: string) => (kind === 'number' ? writtenNumber(text, language) : text)
  return fields.flatMap((field): [string, string][] =>
    field.kind === 'table'
      ? rowsOf(answers, field.name).flatMap((row, index) =>
          (field.columns ?? []).map(({ name, kind }): [string, string] => [
            cellName(field.name, index, name),
            value(kind, row[name] ?? ''),
          ]),
        )
      : [[field.name, value(field.kind, textOf(answers, field.name))]],
  )
}
