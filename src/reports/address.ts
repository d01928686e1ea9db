import type { Context } from 'hono'
import * as z from 'zod'
import { findAdministration } from '../administrations/queries.ts'
import { findProgramme, type Programme } from '../programmes/queries.ts'
import type { WebEnv } from '../web/env.ts'
import { checkForm, dayField, type Problems, type Typed } from '../web/forms.ts'
import { readable } from '../web/lists.ts'
import { type Figure, figures } from './definitions.ts'
import { groupings } from './groups.ts'
import { type Period, periodRefusal } from './period.ts'
import { partInWords } from './reading.ts'
import type { Part } from './rows/queries.ts'
import type { View } from './urls.ts'
import { words } from './words.ts'

/** The period in the address can't be read, and why. */
export type Unread = { programme: Programme; problems: Problems; typed: Typed }

/** Nothing when there is no such programme; what is wrong, when the period can't be read. */
export async function readView(c: Context<WebEnv>): Promise<{ view: View } | Unread | null> {
  const programme = await findProgramme(c.var.db, idFrom(c.req.query('programme')))
  if (!programme) return null

  // An empty date field is sent as an empty text: no limit.
  const typed: Typed = { from: c.req.query('from') || undefined, until: c.req.query('until') || undefined }
  const { value, problems } = checkForm(z.object({ from: dayField.optional(), until: dayField.optional() }), typed)
  const by = groupings.find((each) => each === c.req.query('by')) ?? 'region'
  if (problems) return { programme, problems, typed: { ...typed, by } }

  const period: Period = { from: dayFrom(value.from), until: dayFrom(value.until) }
  const refusal = periodRefusal(period)
  if (refusal) return { programme, problems: { until: words[c.var.language].refusal[refusal] }, typed: { ...typed, by } }
  return { view: { programme, period, by } }
}

type Opened = { view: View; figure: Figure; part: Part; partName: string }

/** The same with the number that is opened; an administration that the person may not see is not there. */
export async function readOpened(c: Context<WebEnv>): Promise<Opened | Unread | null> {
  const figure = figures.find((each) => each === c.req.query('figure'))
  const asked = figure && (await readView(c))
  if (!asked || 'problems' in asked) return asked ?? null

  const part: Part = Object.fromEntries(groupings.flatMap((by) => (c.req.query(by) === undefined ? [] : [[by, readable(c.req.query(by))]])))
  const administration = part.administration && (await findAdministration(c.var.db, idFrom(part.administration), c.var.signedIn))
  if (part.administration !== undefined && !administration) return null
  return { ...asked, figure, part, partName: partInWords(c.var.language, part, administration ? administration.name : null) }
}

const idFrom = (text: string | undefined): number => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : 0)

const dayFrom = (text: string | undefined) => (text ? Temporal.PlainDate.from(text) : null)
