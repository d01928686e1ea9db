import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requireCoordinator, requireNationalCoordinator } from '../../people/require.ts'
import { isNationalCoordinator } from '../../people/rules.ts'
import { toProgramme } from '../../programmes/crumbs.ts'
import { findProgramme, type Programme } from '../../programmes/queries.ts'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, idField, optionalIdField, type Problems, readForm, requiredText, type Typed } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, fragment, page, wantsFragment } from '../../web/respond.ts'
import { pathwaysOf } from '../definition/queries.ts'
import { intakeQuestions } from '../intake/queries.ts'
import { moveRule, removeRule, saveRule } from './actions.ts'
import { characteristicsFor } from './characteristics.ts'
import type { Condition } from './condition.ts'
import { emptyLine, flatForm, groups, inWords, readCondition, settled, typedLines } from './form.ts'
import { type RuleForm, ruleForm, ruleFormPage } from './form-page.ts'
import { wordingOf } from './in-words.ts'
import { rulesPage } from './pages.ts'
import { liveRules } from './queries.ts'
import type { Rule } from './recommend.ts'
import type { RuleRefusal } from './rules.ts'
import { words } from './words.ts'

export const ruleRoutes = new Hono<WebEnv>()

const rules = `/programmes/${id('id')}/rules`

ruleRoutes.get(rules, requireCoordinator, async (c) => {
  const { db, language, signedIn } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const content = rulesPage(language, {
    programmeId: programme.id,
    rules: await liveRules(db, programme.id),
    pathways: await pathwaysOf(db, programme.id),
    wording: wordingOf(language, await intakeQuestions(db, programme.id)),
    mayDefine: isNationalCoordinator(signedIn),
  })
  return page(c, { title: words[language].title, content, breadcrumb: toProgramme(language, programme) })
})

ruleRoutes.get(`${rules}/new`, requireNationalCoordinator, async (c) => {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  return programme ? showForm(c, programme, { lines: [emptyLine] }) : c.notFound()
})

ruleRoutes.post(rules, requireNationalCoordinator, async (c) => {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const { value, problems, typed } = await readForm(c, ruleFields)
  return save(c, programme, null, { value, problems, typed })
})

/** The form again with what was typed, one more line or other choices; nothing is saved. */
ruleRoutes.post(`${rules}/form`, requireNationalCoordinator, async (c) => {
  const { db } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const { value, typed } = await readForm(c, z.object({ id: optionalIdField }))
  const form = await formFor(c, programme, { ...typedForm(typed), ruleId: value?.id ?? null })
  const lines = form.lines.map((line) => settled(line, form.characteristics))
  const shown = { ...form, lines: typed.do === 'add' ? [...lines, emptyLine] : lines }
  return wantsFragment(c) ? fragment(c, ruleForm(c.var.language, shown)) : showPage(c, programme, shown)
})

ruleRoutes.get(`${rules}/${id('rule')}/edit`, requireNationalCoordinator, async (c) => {
  const found = await find(c)
  if (!found) return c.notFound()
  const { id: ruleId, title, pathwayId, condition } = found.rule
  const flat = flatForm(condition)
  const shown = flat ? { ...flat, lines: [...flat.lines, emptyLine] } : { nested: condition }
  return showForm(c, found.programme, { ruleId, title, pathwayId: String(pathwayId), ...shown })
})

ruleRoutes.post(`${rules}/${id('rule')}/edit`, requireNationalCoordinator, async (c) => {
  const found = await find(c)
  if (!found) return c.notFound()
  const { value, problems, typed } = await readForm(c, ruleFields)
  return save(c, found.programme, found.rule, { value, problems, typed })
})

for (const direction of ['up', 'down'] as const)
  ruleRoutes.post(`${rules}/${id('rule')}/${direction}`, requireNationalCoordinator, async (c) => {
    const { db, language, signedIn, now } = c.var
    const found = await find(c)
    if (!found) return c.notFound()
    await moveRule(db, found.programme.id, found.rule.id, direction, { by: signedIn, at: now })
    return done(c, `/programmes/${found.programme.id}/rules#rule-${found.rule.id}`, words[language].moved)
  })

ruleRoutes.post(`${rules}/${id('rule')}/remove`, requireNationalCoordinator, async (c) => {
  const { db, language, signedIn, now } = c.var
  const found = await find(c)
  if (!found) return c.notFound()
  await removeRule(db, found.programme.id, found.rule.id, { by: signedIn, at: now })
  return done(c, `/programmes/${found.programme.id}/rules`, words[language].removed)
})

const ruleFields = z.object({ title: requiredText(200), pathway: idField })
type Read = { value: z.output<typeof ruleFields> | null; problems: Problems | null; typed: Typed }

async function save(c: Context<WebEnv>, programme: Programme, rule: Rule | null, { value, problems, typed }: Read) {
  const { db, language, signedIn, now } = c.var
  const t = words[language]
  const nested = rule && !flatForm(rule.condition) ? rule.condition : null
  const form = await formFor(c, programme, { ...typedForm(typed), ruleId: rule?.id ?? null, nested })
  const read = nested ? { condition: nested, problems: null } : readCondition(form.group, form.lines, form.characteristics, language)
  if (!value || !read.condition)
    return showPage(c, programme, { ...form, problems: { ...problems, ...inWords(read.problems ?? {}, t.refusal) } })

  const details = { id: rule?.id, title: value.title, pathwayId: value.pathway, condition: read.condition }
  const outcome = await saveRule(db, programme.id, details, { by: signedIn, at: now })
  if ('refusal' in outcome) return showPage(c, programme, { ...form, problems: beside(outcome.refusal, t.refusal[outcome.refusal]) })
  return done(c, `/programmes/${programme.id}/rules`, t.saved)
}

const beside = (refusal: RuleRefusal, sentence: string): Problems => ({ [refusal === 'unknown_pathway' ? 'pathway' : 'title']: sentence })

const typedForm = (typed: Typed) => ({
  title: String(typed.title ?? ''),
  pathwayId: String(typed.pathway ?? ''),
  group: choiceField(groups).safeParse(typed.group).data ?? 'all',
  lines: typedLines(typed),
})

type Given = Partial<Pick<RuleForm, 'ruleId' | 'title' | 'pathwayId' | 'group' | 'lines'>> & { nested?: Condition | null }

async function formFor(c: Context<WebEnv>, programme: Programme, given: Given): Promise<RuleForm> {
  const { db, language } = c.var
  return {
    ruleId: null,
    title: '',
    pathwayId: '',
    group: 'all',
    lines: [],
    problems: null,
    ...given,
    nested: given.nested ?? null,
    programmeId: programme.id,
    pathways: await pathwaysOf(db, programme.id),
    characteristics: characteristicsFor(language, await intakeQuestions(db, programme.id)),
  }
}

const showForm = async (c: Context<WebEnv>, programme: Programme, given: Given) =>
  showPage(c, programme, await formFor(c, programme, given))

function showPage(c: Context<WebEnv>, programme: Programme, form: RuleForm) {
  const { language } = c.var
  const t = words[language]
  return page(c, {
    title: form.ruleId === null ? t.createTitle : t.editTitle,
    content: ruleFormPage(language, form),
    breadcrumb: [...toProgramme(language, programme), { href: `/programmes/${programme.id}/rules`, label: t.title }],
    status: form.problems ? 422 : 200,
  })
}

async function find(c: Context<WebEnv>): Promise<{ programme: Programme; rule: Rule } | undefined> {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  const live = programme ? await liveRules(c.var.db, programme.id) : []
  const rule = live.find((each) => each.id === Number(c.req.param('rule')))
  return programme && rule ? { programme, rule } : undefined
}
