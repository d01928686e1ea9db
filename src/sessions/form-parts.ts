import { html, raw } from 'hono/html'
import type { Html, WebEnv } from '../web/env.ts'
import type { fieldsOf } from '../web/fields.ts'
import type { Problems } from '../web/forms.ts'
import type { Choices } from './form.ts'
import type { Session } from './queries.ts'
import { admissions, usualFollowUp, usualPromotionStop, usualReminder, usualThreshold } from './rules.ts'
import { repetitions } from './series/rules.ts'
import { words } from './words.ts'

// What most sessions don't need is folded up, and opens where something is in it or wrong with it. -----------------------

type Context = Pick<WebEnv['Variables'], 'language' | 'zone'>
type Form = ReturnType<typeof fieldsOf>
type Shown = { session: Session | undefined; problems: Problems | null }

const folded = (summary: string, isOpen: boolean, content: Html): Html => html`
<details class="mb-3" ${raw(isOpen ? 'open' : '')}><summary>${summary}</summary><div class="mt-3">${content}</div></details>`

const isWrong = (problems: Problems | null, names: readonly string[]) => names.some((name) => problems?.[name])

export function detailFields({ language }: Context, form: Form, { session, problems }: Shown): Html {
  const t = words[language]
  const { mapUrl = null, roomCapacity = null, capacity = null, description = '' } = session ?? {}
  const threshold = chosenThreshold(session)
  const filled = mapUrl !== null || roomCapacity !== null || capacity !== null || description !== '' || threshold !== null
  const isOpen = filled || isWrong(problems, ['description', 'mapUrl', 'roomCapacity', 'capacity', 'thresholdMinutes'])
  return folded(
    t.details,
    isOpen,
    html`
${form.area({ name: 'description', label: t.description, help: t.descriptionHelp, rows: 6, value: description })}
<div class="fields">
  ${form.input({ name: 'capacity', label: t.capacity, help: t.capacityHelp, type: 'number', value: capacity })}
  ${form.input({ name: 'thresholdMinutes', label: t.thresholdField, help: t.thresholdHelp, most: 6, value: threshold })}
  ${form.input({ name: 'mapUrl', label: t.map, help: t.mapHelp, type: 'url', most: 2000, value: mapUrl })}
  ${form.input({ name: 'roomCapacity', label: t.roomCapacity, help: t.roomCapacityHelp, type: 'number', value: roomCapacity })}
</div>`,
  )
}

/** The usual one stays open, so that it follows when the duration changes. */
const chosenThreshold = (session: Session | undefined): number | string | null =>
  session?.thresholdPercent
    ? `${session.thresholdPercent}%`
    : session && session.thresholdMinutes !== usualThreshold(session)
      ? session.thresholdMinutes
      : null

export function seriesFields({ language }: Context, form: Form, problems: Problems | null): Html {
  const t = words[language]
  return folded(
    t.seriesFold,
    isWrong(problems, ['repetition', 'times']),
    html`
<div class="fields">
  ${form.select({ name: 'repetition', label: t.repeats, help: t.repeatsHelp, choices: repetitions.map((value) => ({ value, label: t.repetition[value] })) })}
  ${form.input({ name: 'times', label: t.times, help: t.timesHelp, type: 'number' })}
</div>`,
  )
}

const registrationNames = [
  'admission',
  'registrationOpens',
  'registrationCloses',
  'administrationCap',
  'promotionStopsHours',
  'reminderHours',
  'followUpHours',
]

export function registrationFields({ language, zone }: Context, form: Form, { session, problems }: Shown): Html {
  const t = words[language]
  const typedMoment = (instant: Temporal.Instant | null | undefined) =>
    instant?.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
  const { registrationOpensAt, registrationClosesAt, administrationCap, promotionStopsHours = usualPromotionStop } = session ?? {}
  const filled = session?.admission === 'invitation' || [registrationOpensAt, registrationClosesAt, administrationCap].some(Boolean)
  return folded(
    t.registrationRules,
    filled || isWrong(problems, registrationNames),
    html`
${form.choices({
  name: 'admission',
  label: t.admission,
  required: true,
  values: [session?.admission ?? 'open'],
  choices: admissions.map((value) => ({ value, label: t.admissions[value] })),
})}
<div class="fields">
  ${form.input({ name: 'registrationOpens', label: t.opens, help: t.opensHelp, type: 'datetime-local', value: typedMoment(registrationOpensAt) })}
  ${form.input({ name: 'registrationCloses', label: t.closes, help: t.closesHelp, type: 'datetime-local', value: typedMoment(registrationClosesAt) })}
  ${form.input({ name: 'administrationCap', label: t.cap, help: t.capHelp, type: 'number', value: administrationCap })}
  ${form.input({ name: 'promotionStopsHours', label: t.promotionStops, help: t.promotionStopsHelp, type: 'number', required: true, value: promotionStopsHours })}
  ${form.input({ name: 'reminderHours', label: t.reminders, help: t.remindersHelp, most: 40, value: (session?.reminderHours ?? usualReminder).replaceAll(',', ', ') })}
  ${form.input({ name: 'followUpHours', label: t.followUp, help: t.followUpHelp, type: 'number', value: session ? session.followUpHours : usualFollowUp })}
</div>`,
  )
}

type Charge = Pick<Choices, 'regions' | 'trainers'> & { trainerIds: readonly number[] }

/** Its heading says who trains, so that most need not look. */
export function chargeFields(
  { language }: Context,
  form: Form,
  { regions, trainers, trainerIds }: Charge,
  { session, problems }: Shown,
): Html {
  const t = words[language]
  const names = trainers.filter(({ id }) => trainerIds.includes(id)).map(({ name }) => name)
  return folded(
    t.charge(names.join(', ')),
    names.length === 0 || Boolean(session?.regionCode) || isWrong(problems, ['regionCode', 'trainers']),
    html`
${
  trainers.length > 0 &&
  form.choices({
    name: 'trainers',
    label: t.trainers,
    many: true,
    values: trainerIds.map(String),
    choices: trainers.map(({ id, name }) => ({ value: id, label: name })),
  })
}
${form.select({ name: 'regionCode', label: t.region, help: t.regionHelp, value: session?.regionCode, choices: regions.map(({ code, name }) => ({ value: code, label: name })) })}`,
  )
}
