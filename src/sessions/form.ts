import { html, raw } from 'hono/html'
import * as z from 'zod'
import type { ModuleKind } from '../database/schema.ts'
import { instantFrom } from '../language/dates.ts'
import type { Html, WebEnv } from '../web/env.ts'
import { fieldsOf } from '../web/fields.ts'
import {
  choiceField,
  dayField,
  type FormResult,
  idField,
  manyField,
  optionalDayAndTime,
  optionalLink,
  optionalNumber,
  optionalText,
  type Problems,
  requiredText,
  type Typed,
  timeField,
} from '../web/forms.ts'
import type { SessionFields } from './actions.ts'
import type { Session } from './queries.ts'
import { words as roomWords } from './rooms/words.ts'
import {
  admissions,
  type ChangeRefusal,
  type CreateRefusal,
  isOnline,
  type ManageRefusal,
  mostFollowUpHours,
  readReminderHours,
  roomKinds,
  sessionKinds,
  usualPromotionStop,
  usualReminder,
  usualThreshold,
} from './rules.ts'
import { mostTimes, repetitions } from './series/rules.ts'
import { words } from './words.ts'

const dayLong = 24 * 60
const fields = {
  kind: choiceField(sessionKinds),
  title: requiredText(200).transform((text) => text.replace(/\s+/g, ' ')),
  description: optionalText(10_000),
  day: dayField,
  from: timeField,
  until: timeField,
  place: optionalText(300).transform((text) => text.replace(/\s+/g, ' ') || null),
  joinUrl: optionalLink,
  mapUrl: optionalLink,
  roomCapacity: optionalNumber({ least: 1, most: 100_000 }),
  room: z.enum(roomKinds, 'choice').default('link'),
  capacity: optionalNumber({ least: 1, most: 100_000 }),
  admission: z.enum(admissions, 'choice').default('open'),
  followUpHours: optionalNumber({ least: 0, most: mostFollowUpHours }),
  thresholdMinutes: optionalNumber({ least: 1, most: dayLong }),
  registrationOpens: optionalDayAndTime,
  registrationCloses: optionalDayAndTime,
  administrationCap: optionalNumber({ least: 1, most: 10_000 }),
  promotionStopsHours: optionalNumber({ least: 0, most: 24 * 30 }).transform((hours) => hours ?? usualPromotionStop),
  reminderHours: optionalText(40)
    .refine((text) => readReminderHours(text) !== null, 'reminders')
    .transform((text) => (readReminderHours(text) ?? []).join(',')),
  regionCode: optionalText(2).transform((text) => text || null),
  trainers: manyField.optional().transform((ids) => (ids ?? []).map(Number)),
}
/** This session alone, or those that follow in its series too. */
export const reachField = z.enum(['one', 'following'], 'choice').default('one')
export const sessionForm = z.object(fields)
export const newSessionForm = z
  .object({
    ...fields,
    module: idField,
    repetition: z.enum(['', ...repetitions], 'choice').optional(),
    times: optionalNumber({ least: 2, most: mostTimes }),
  })
  .refine(({ repetition, times }) => !repetition || times !== null, { path: ['times'], error: 'required' })
export const editSessionForm = z.object({ ...fields, reach: reachField })

type Typing = z.output<typeof sessionForm>

/** The fields with their two instants; or what is wrong, a time that the clocks skip included. */
export function sessionFieldsFrom<F extends Typing>(
  form: FormResult<F>,
  zone: string,
): { value: F; fields: SessionFields; problems: null; typed: Typed } | { value: null; fields: null; problems: Problems; typed: Typed } {
  if (form.problems) return { value: null, fields: null, problems: form.problems, typed: form.typed }
  const { value, typed } = form
  const startsAt = instantFrom(value.day, value.from, zone)
  const endsAt = instantFrom(value.day, value.until, zone)
  if (!startsAt || !endsAt) {
    const missing: Problems = { ...(!startsAt && { from: 'no_such_time' }), ...(!endsAt && { until: 'no_such_time' }) }
    return { value: null, fields: null, problems: missing, typed }
  }
  const registrationOpensAt = momentOf(value.registrationOpens, zone)
  const registrationClosesAt = momentOf(value.registrationCloses, zone)
  if (registrationOpensAt === 'none' || registrationClosesAt === 'none') {
    const field = registrationOpensAt === 'none' ? 'registrationOpens' : 'registrationCloses'
    return { value: null, fields: null, problems: { [field]: 'no_such_time' }, typed }
  }
  const { kind, title, description, place, joinUrl, room, capacity, thresholdMinutes, regionCode, trainers } = value
  const { administrationCap, promotionStopsHours, reminderHours, admission, followUpHours, mapUrl, roomCapacity } = value
  const read = { kind, title, description, startsAt, endsAt, place, joinUrl, capacity, thresholdMinutes, regionCode, trainerIds: trainers }
  const registration = { registrationOpensAt, registrationClosesAt, administrationCap, promotionStopsHours, reminderHours, admission }
  return { value, fields: { ...read, ...registration, mapUrl, roomCapacity, room, followUpHours }, problems: null, typed }
}

/** Null when nothing was typed, `none` when the clocks skip that time. */
const momentOf = (typed: Typing['registrationOpens'], zone: string): Temporal.Instant | null | 'none' =>
  typed === null ? null : (instantFrom(typed.day, typed.time, zone) ?? 'none')

type FieldRefusal = CreateRefusal | ChangeRefusal | ManageRefusal

/** Beside which field a refusal is shown. */
export const fieldOfRefusal: Record<FieldRefusal, string> = {
  not_in_charge: 'regionCode',
  no_such_module: 'module',
  no_such_trainer: 'trainers',
  ends_before_start: 'until',
  too_long: 'until',
  threshold_too_long: 'thresholdMinutes',
  registration_closes_before_it_opens: 'registrationCloses',
  registration_opens_after_start: 'registrationOpens',
  registration_closes_after_start: 'registrationCloses',
  cap_above_capacity: 'administrationCap',
  link_missing: 'joinUrl',
  place_missing: 'place',
  capacity_above_room: 'capacity',
  capacity_below_registered: 'capacity',
  capacity_below_kept: 'capacity',
  cancelled: 'title',
  over: 'title',
  not_found: 'title',
}

export type Choices = {
  modules: readonly { id: number; title: string; kind: ModuleKind; programme: string }[]
  regions: readonly { code: string; name: string }[]
  trainers: readonly { id: number; name: string }[]
}

type Start = { moduleId: number | null; trainerIds: readonly number[]; session?: Session }

/** The fields of a session, new or to be changed. */
export function sessionFields(
  { language, zone, roomServer }: Pick<WebEnv['Variables'], 'language' | 'zone' | 'roomServer'>,
  { modules, regions, trainers }: Choices,
  { moduleId, trainerIds, session }: Start,
  problems: Problems | null,
  typed: Typed,
): Html {
  const t = words[language]
  const form = fieldsOf(language, problems, typed)
  const local = (instant: Temporal.Instant | undefined) => instant?.toZonedDateTimeISO(zone)
  const [from, until] = [local(session?.startsAt), local(session?.endsAt)]
  const clock = (time: typeof from) => time?.toPlainTime().toString({ smallestUnit: 'minute' })
  const meant = modules.find(({ id }) => id === moduleId)
  const kind = session?.kind ?? sessionKinds.find((each) => each === meant?.kind)
  return html`
${form.summary()}
${
  session
    ? html`<dl class="facts"><dt>${t.module}</dt><dd>${session.module}</dd></dl>`
    : form.select({
        name: 'module',
        label: t.module,
        required: true,
        value: moduleId,
        choices: modules.map(({ id, title, programme }) => ({ value: id, label: `${title} (${programme})` })),
      })
}
${form.input({ name: 'title', label: t.titleField, required: true, most: 200, value: session?.title ?? meant?.title })}
<div class="fields">
  ${form.select({ name: 'kind', label: t.kind, required: true, value: kind, choices: sessionKinds.map((value) => ({ value, label: t.kinds[value] })) })}
  ${form.input({ name: 'day', label: t.day, type: 'date', required: true, value: from?.toPlainDate().toString() })}
  ${form.input({ name: 'from', label: t.from, type: 'time', required: true, value: clock(from) })}
  ${form.input({ name: 'until', label: t.until, type: 'time', required: true, value: clock(until) })}
</div>
${(roomServer || session?.room === 'bigbluebutton') && roomChoice(language, form, session)}
${form.input({ name: 'joinUrl', label: t.link, help: t.linkHelp, type: 'url', most: 2000, value: session?.joinUrl })}
${form.input({ name: 'place', label: t.place, help: t.placeHelp, most: 300, value: session?.place })}
${form.area({ name: 'description', label: t.description, help: t.descriptionHelp, rows: 6, value: session?.description })}
<div class="fields">
  ${form.input({ name: 'capacity', label: t.capacity, help: t.capacityHelp, type: 'number', value: session?.capacity })}
  ${form.input({ name: 'thresholdMinutes', label: t.thresholdField, help: t.thresholdHelp, type: 'number', value: chosenThreshold(session) })}
</div>
${
  !session &&
  html`<div class="fields">
  ${form.select({ name: 'repetition', label: t.repeats, help: t.repeatsHelp, choices: repetitions.map((value) => ({ value, label: t.repetition[value] })) })}
  ${form.input({ name: 'times', label: t.times, help: t.timesHelp, type: 'number' })}
</div>`
}
${registrationFields({ language, zone }, form, { session, opened: limitsRegistration(session, problems) })}
${form.select({ name: 'regionCode', label: t.region, help: t.regionHelp, value: session?.regionCode, choices: regions.map(({ code, name }) => ({ value: code, label: name })) })}
${
  trainers.length > 0 &&
  form.choices({
    name: 'trainers',
    label: t.trainers,
    many: true,
    values: trainerIds.map(String),
    choices: trainers.map(({ id, name }) => ({ value: id, label: name })),
  })
}`
}

/** Only where there is a server that lends rooms, or was when the session was planned. */
const roomChoice = (language: WebEnv['Variables']['language'], form: ReturnType<typeof fieldsOf>, session: Session | undefined): Html => {
  const t = roomWords[language]
  const choices = roomKinds.map((value) => ({ value, label: t.rooms[value] }))
  return form.choices({ name: 'room', label: t.room, help: t.roomHelp, required: true, values: [session?.room ?? 'link'], choices })
}

const limitsRegistration = (session: Session | undefined, problems: Problems | null): boolean =>
  ['registrationOpens', 'registrationCloses', 'administrationCap', 'promotionStopsHours', 'reminderHours'].some(
    (name) => problems?.[name],
  ) || [session?.registrationOpensAt, session?.registrationClosesAt, session?.administrationCap].some(Boolean)

/** Folded up while nobody needs it: most sessions open at once and for everybody. */
function registrationFields(
  { language, zone }: Pick<WebEnv['Variables'], 'language' | 'zone'>,
  form: ReturnType<typeof fieldsOf>,
  { session, opened }: { session: Session | undefined; opened: boolean },
): Html {
  const t = words[language]
  const typedMoment = (instant: Temporal.Instant | null | undefined) =>
    instant?.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
  const { registrationOpensAt, registrationClosesAt, administrationCap, promotionStopsHours = usualPromotionStop } = session ?? {}
  return html`
<details class="mb-3" ${raw(opened ? 'open' : '')}>
  <summary>${t.registrationRules}</summary>
  <div class="fields mt-3">
    ${form.input({ name: 'registrationOpens', label: t.opens, help: t.opensHelp, type: 'datetime-local', value: typedMoment(registrationOpensAt) })}
    ${form.input({ name: 'registrationCloses', label: t.closes, help: t.closesHelp, type: 'datetime-local', value: typedMoment(registrationClosesAt) })}
    ${form.input({ name: 'administrationCap', label: t.cap, help: t.capHelp, type: 'number', value: administrationCap })}
    ${form.input({ name: 'promotionStopsHours', label: t.promotionStops, help: t.promotionStopsHelp, type: 'number', required: true, value: promotionStopsHours })}
    ${form.input({ name: 'reminderHours', label: t.reminders, help: t.remindersHelp, most: 40, value: (session?.reminderHours ?? usualReminder).replaceAll(',', ', ') })}
  </div>
</details>`
}

/** The usual one stays open, so that it follows when the duration changes. */
const chosenThreshold = (session: Session | undefined): number | null =>
  session && session.thresholdMinutes !== usualThreshold(session) ? session.thresholdMinutes : null

/** Where the session is, in a word: its place, or online. */
export const whereOf = ({ kind, place }: Pick<Session, 'kind' | 'place'>, online: string): string =>
  isOnline(kind) ? [online, place].filter(Boolean).join(', ') : (place ?? '–')
