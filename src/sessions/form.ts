import { html } from 'hono/html'
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
import { chargeFields, detailFields, registrationFields, seriesFields } from './form-parts.ts'
import type { Session } from './queries.ts'
import { words as roomWords } from './rooms/words.ts'
import {
  admissions,
  type ChangeRefusal,
  type CreateRefusal,
  isOnline,
  type ManageRefusal,
  mostFollowUpHours,
  type PublishRefusal,
  readReminderHours,
  readThreshold,
  roomKinds,
  sessionKinds,
  usualPromotionStop,
} from './rules.ts'
import { mostTimes, repetitions } from './series/rules.ts'
import { words } from './words.ts'

const oneLine = (text: string) => text.replace(/\s+/g, ' ')
const fields = {
  description: optionalText(10_000),
  day: dayField,
  from: timeField,
  until: timeField,
  place: optionalText(300).transform((text) => oneLine(text) || null),
  joinUrl: optionalLink,
  mapUrl: optionalLink,
  roomCapacity: optionalNumber({ least: 1, most: 100_000 }),
  room: z.enum(roomKinds, 'choice').default('link'),
  capacity: optionalNumber({ least: 1, most: 100_000 }),
  admission: z.enum(admissions, 'choice').default('open'),
  followUpHours: optionalNumber({ least: 0, most: mostFollowUpHours }),
  thresholdMinutes: optionalText(6)
    .refine((text) => readThreshold(text) !== undefined, 'threshold')
    .transform((text) => readThreshold(text) ?? { minutes: null, percent: null }),
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
/** A title and a kind may be left to the module: see `asTheModule`. */
export const newSessionForm = z
  .object({
    ...fields,
    title: optionalText(200).transform(oneLine),
    kind: z.enum(['', ...sessionKinds], 'choice').default(''),
    module: idField,
    /** Save as a draft, or publish at once. */
    next: z.enum(['', 'publish'], 'choice').default(''),
    repetition: z.enum(['', ...repetitions], 'choice').optional(),
    times: optionalNumber({ least: 2, most: mostTimes }),
  })
  .refine(({ repetition, times }) => !repetition || times !== null, { path: ['times'], error: 'required' })
export const editSessionForm = z.object({
  ...fields,
  title: requiredText(200).transform(oneLine),
  kind: choiceField(sessionKinds),
  reach: reachField,
})

type Typing = Omit<z.output<typeof editSessionForm>, 'reach'>
type New = z.output<typeof newSessionForm>

/** What was left open is as the module has it: its title, and its kind where it is one of a meeting. */
export function asTheModule(form: FormResult<New>, modules: Choices['modules']): FormResult<New & Typing> {
  if (form.problems) return form
  const { value, typed } = form
  const module = modules.find(({ id }) => id === value.module)
  const kind = value.kind || (sessionKinds.find((each) => each === module?.kind) ?? 'webinar')
  return { value: { ...value, kind, title: value.title || (module?.title ?? '') }, problems: null, typed }
}

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
  const { kind, title, description, place, joinUrl, room, capacity, regionCode, trainers } = value
  const { administrationCap, promotionStopsHours, reminderHours, admission, followUpHours, mapUrl, roomCapacity } = value
  const { minutes: thresholdMinutes, percent: thresholdPercent } = value.thresholdMinutes
  const read = { kind, title, description, startsAt, endsAt, place, joinUrl, capacity, thresholdMinutes, regionCode, trainerIds: trainers }
  const registration = { registrationOpensAt, registrationClosesAt, administrationCap, promotionStopsHours, reminderHours, admission }
  return { value, fields: { ...read, thresholdPercent, ...registration, mapUrl, roomCapacity, room, followUpHours }, problems: null, typed }
}

/** Null when nothing was typed, `none` when the clocks skip that time. */
const momentOf = (typed: Typing['registrationOpens'], zone: string): Temporal.Instant | null | 'none' =>
  typed === null ? null : (instantFrom(typed.day, typed.time, zone) ?? 'none')

type FieldRefusal = CreateRefusal | ChangeRefusal | PublishRefusal | ManageRefusal

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
  already_started: 'day',
  already_published: 'title',
  cancelled: 'title',
  over: 'title',
  not_found: 'title',
}

export type Choices = {
  modules: readonly { id: number; title: string; kind: ModuleKind; programme: string }[]
  regions: readonly { code: string; name: string }[]
  trainers: readonly { id: number; name: string }[]
}

/** What a new session is likely to be like: the last one that this person planned. */
export type LastPlanned = { startsAt: Temporal.Instant; endsAt: Temporal.Instant; joinUrl: string | null }
export type Start = { moduleId: number | null; trainerIds: readonly number[]; session?: Session; last?: LastPlanned | undefined }

/** A morning's hour and a half, for whoever has planned nothing yet. */
const usualTimes = { from: '10:00', until: '11:30' }

/** The fields of a session, new or to be changed. */
export function sessionFields(
  { language, zone, roomServer }: Pick<WebEnv['Variables'], 'language' | 'zone' | 'roomServer'>,
  { modules, regions, trainers }: Choices,
  { moduleId, trainerIds, session, last }: Start,
  problems: Problems | null,
  typed: Typed,
): Html {
  const t = words[language]
  const form = fieldsOf(language, problems, typed)
  const local = (instant: Temporal.Instant | undefined) => instant?.toZonedDateTimeISO(zone)
  const clock = (instant: Temporal.Instant | undefined) => local(instant)?.toPlainTime().toString({ smallestUnit: 'minute' })
  const like = session ?? last
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
${form.input({ name: 'title', label: t.titleField, required: Boolean(session), most: 200, value: session?.title, ...(!session && { help: t.titleHelp }) })}
${form.select({ name: 'kind', label: t.kind, required: Boolean(session), value: session?.kind, choices: sessionKinds.map((value) => ({ value, label: t.kinds[value] })), ...(!session && { help: t.kindHelp }) })}
<div class="fields">
  ${form.input({ name: 'day', label: t.day, type: 'date', required: true, value: local(session?.startsAt)?.toPlainDate().toString() })}
  ${form.input({ name: 'from', label: t.from, type: 'time', required: true, value: clock(like?.startsAt) ?? usualTimes.from })}
  ${form.input({ name: 'until', label: t.until, type: 'time', required: true, value: clock(like?.endsAt) ?? usualTimes.until })}
</div>
${(roomServer || session?.room === 'bigbluebutton') && roomChoice(language, form, session)}
${form.input({ name: 'joinUrl', label: t.link, help: t.linkHelp, type: 'url', most: 2000, value: like?.joinUrl })}
${form.input({ name: 'place', label: t.place, help: t.placeHelp, most: 300, value: session?.place })}
${detailFields({ language, zone }, form, { session, problems })}
${!session && seriesFields({ language, zone }, form, problems)}
${registrationFields({ language, zone }, form, { session, problems })}
${chargeFields({ language, zone }, form, { regions, trainers, trainerIds }, { session, problems })}`
}
/** Only where there is a server that lends rooms, or was when the session was planned. */
const roomChoice = (language: WebEnv['Variables']['language'], form: ReturnType<typeof fieldsOf>, session: Session | undefined): Html => {
  const t = roomWords[language]
  const choices = roomKinds.map((value) => ({ value, label: t.rooms[value] }))
  return form.choices({ name: 'room', label: t.room, help: t.roomHelp, required: true, values: [session?.room ?? 'link'], choices })
}

/** Where the session is, in a word: its place, or online. */
export const whereOf = ({ kind, place }: Pick<Session, 'kind' | 'place'>, online: string): string =>
  isOnline(kind) ? [online, place].filter(Boolean).join(', ') : (place ?? '–')
