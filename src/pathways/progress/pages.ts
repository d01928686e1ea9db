import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import type { Html } from '../../web/env.ts'
import { modulePath } from '../modules/panel.ts'
import { enrolmentCards } from './cards.ts'
import { dueSentence, lockSentence, progressBar, stateMarks, type Viewing } from './marks.ts'
import type { EnrolmentProgress, EnrolmentWithReasons } from './queries.ts'
import type { ModuleStanding, PathwayStanding, SectionStanding } from './standing.ts'
import { words } from './words.ts'

/** A referent whose administration follows nothing yet. */
export function noPathwayPage(language: Language): Html {
  const t = words[language]
  return html`<h1>${t.mine}</h1><p class="lead">${t.none}</p><p><a class="btn btn-primary" href="/orientation">${t.toOrientation}</a></p>`
}

export function staffPage(language: Language): Html {
  const t = words[language]
  return html`<h1>${t.mine}</h1><p class="lead">${t.forReferents}</p><p><a class="btn btn-primary" href="/administrations">${t.toAdministrations}</a></p>`
}

export function enrolmentsPage(enrolments: readonly EnrolmentProgress[], language: Language): Html {
  const t = words[language]
  return html`<h1>${t.mineMany}</h1><p class="lead">${t.chooseOne}</p>${enrolmentCards(enrolments, language)}`
}

export function pathwayPage(
  enrolment: EnrolmentWithReasons,
  standing: PathwayStanding,
  viewing: Viewing,
  panels: readonly (Html | null)[] = [],
): Html {
  const { language } = viewing
  return html`
<h1>${enrolment.pathway}</h1>
<p class="lead">${enrolment.administration}</p>
${nextStep(enrolment, standing, viewing)}
${progressBar(standing, 'progress', language, standing.extra > 0 ? `, ${words[language].optionalDone(standing.extra)}` : '')}
${timeline(enrolment.id, standing.sections, viewing)}
${panels}
${about(enrolment, viewing)}`
}

function nextStep(enrolment: EnrolmentWithReasons, { next, modules }: PathwayStanding, viewing: Viewing): Html {
  const { language, dates } = viewing
  const t = words[language]
  if (enrolment.endedAt) return html`<div class="alert alert-info">${t.ended(dates.shortDay(enrolment.endedAt))}</div>`

  const completed =
    enrolment.completedAt && html`<div class="alert alert-success">${t.completed(dates.shortDay(enrolment.completedAt))}</div>`
  const waiting = modules.find(({ state }) => state === 'submitted')
  const inReview = waiting && html`<div class="alert alert-info">${t.inReview(waiting.title)}</div>`
  if (next) return html`${completed}${next.optional && inReview}${nextTile(enrolment.id, next, viewing, enrolment.completedAt !== null)}`
  if (modules.length === 0) return html`<div class="empty">${t.noModules}</div>`
  return html`${completed}${inReview ?? (!completed && html`<div class="alert alert-info">${t.nothingOpen}</div>`)}`
}

function nextTile(enrolmentId: number, next: ModuleStanding, viewing: Viewing, pathwayDone: boolean): Html {
  const t = words[viewing.language]
  const due = dueSentence(next, viewing)
  const href = modulePath({ enrolmentId, moduleId: next.moduleId })
  return html`
<section class="tile ${!pathwayDone && 'next'}" aria-labelledby="next-step">
  <h2 id="next-step">${t.nextStep}</h2>
  ${next.optional && html`<p>${t.onlyOptional}</p>`}
  <p class="lead"><strong>${next.title}</strong></p>
  ${next.summary && html`<p>${next.summary}</p>`}
  <p class="d-flex flex-wrap align-items-center gap-2">
    <span>${t.kind[next.kind]}${due && html` · <strong>${due}</strong>`}</span> ${next.late && stateMarks(next, viewing.language)}
  </p>
  <a class="btn ${pathwayDone ? 'btn-outline-primary' : 'btn-primary'}" href="${href}">${t.start[next.kind]}</a>
</section>`
}

/** The modules in order, section by section; where some are enough, how many. */
function timeline(enrolmentId: number, sections: readonly SectionStanding[], viewing: Viewing): Html[] {
  const t = words[viewing.language]
  return sections.map(
    ({ title, added, needed, of, done, modules }) => html`
<section>
  <h2>${added ? t.added : title || t.modules}</h2>
  ${needed < of && html`<p>${t.enough(needed, of, done)}</p>`}
  <ol class="list-unstyled">${modules.map((module) => timelineItem(enrolmentId, module, viewing))}</ol>
</section>`,
  )
}

function timelineItem(enrolmentId: number, module: ModuleStanding, viewing: Viewing): Html {
  const t = words[viewing.language]
  const due = dueSentence(module, viewing)
  return html`
<li class="tile mb-2">
  <h3><a href="${modulePath({ enrolmentId, moduleId: module.moduleId })}">${module.title}</a></h3>
  <p class="d-flex flex-wrap align-items-center gap-2 mb-1">
    ${stateMarks(module, viewing.language)}
    <small>${t.kind[module.kind]}${module.optional && html` (${t.optional})`}${due && html` · ${due}`}</small>
  </p>
  ${module.addedFor && html`<p class="mb-1">${module.addedFor}</p>`}
  ${module.state === 'locked' && html`<p class="mb-0">${lockSentence(module, viewing)}</p>`}
</li>`
}

function about(enrolment: EnrolmentWithReasons, { language, dates }: Viewing): Html {
  const t = words[language]
  const { rule, reasons } = enrolment
  return html`
<section>
  <h2>${t.about}</h2>
  ${enrolment.summary && html`<p class="prose">${enrolment.summary}</p>`}
  <dl class="facts">
    <dt>${t.programme}</dt><dd>${enrolment.programme}</dd>
    <dt>${t.enrolledOn}</dt><dd>${dates.shortDay(enrolment.enrolledAt)}</dd>
    ${
      (rule || reasons.length > 0) &&
      html`<dt>${t.why}</dt><dd>${rule && html`<p class="mb-1">${t.byRule(rule)}</p>`}
      ${reasons.length > 0 && html`<ul lang="it">${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}</dd>`
    }
  </dl>
</section>`
}
