import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { requireCoordinator, requireNationalCoordinator } from '../../people/require.ts'
import { isNationalCoordinator } from '../../people/rules.ts'
import { toProgramme } from '../../programmes/crumbs.ts'
import { findProgramme, type Programme } from '../../programmes/queries.ts'
import type { WebEnv } from '../../web/env.ts'
import { choiceField, idField, optionalIdField, readForm, requiredText, type Typed } from '../../web/forms.ts'
import { id } from '../../web/paths.ts'
import { done, fragment, page, wantsFragment } from '../../web/respond.ts'
import { modulesToChoose, pathwaysOf } from '../definition/queries.ts'
import { intakeQuestions } from '../intake/queries.ts'
import { moveRule, removeRule, saveAddition, saveRule } from './actions.ts'
import { characteristicsFor } from './characteristics.ts'
import { emptyForm, emptyLine, formOf, inWords, readCondition, rearranged, settled, typedGroup } from './form.ts'
import { type Effect, type RuleForm, ruleForm, ruleFormPage, titleOf } from './form-page.ts'
import { rulesPage } from './pages.ts'
import type { RuleRefusal } from './rules.ts'
import { rulesEdited } from './versions/queries.ts'
import { words } from './words.ts'

export const ruleRoutes = new Hono<WebEnv>()

const rules = `/programmes/${id('id')}/rules`

ruleRoutes.get(rules, requireCoordinator, async (c) => {
  const { db, language, dates, signedIn } = c.var
  const programme = await findProgramme(db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const questions = await intakeQuestions(db, programme.id)
  const content = rulesPage(language, dates, {
    ...(await rulesEdited(db, programme.id)),
    programmeId: programme.id,
    pathways: await pathwaysOf(db, programme.id),
    modules: await modulesToChoose(db, programme.id),
    questions,
    characteristics: characteristicsFor(language, questions),
    mayDefine: isNationalCoordinator(signedIn),
  })
  return page(c, { title: words[language].title, content, breadcrumb: toProgramme(language, programme) })
})

/** The form again with what was typed, one more line or other choices; nothing is saved. */
ruleRoutes.post(`${rules}/form`, requireNationalCoordinator, async (c) => {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  if (!programme) return c.notFound()
  const { value, typed } = await readForm(c, z.object({ id: optionalIdField }))
  const effect = typed.effect === 'addition' ? 'addition' : 'rule'
  const form = await formFor(c, programme, { ...typedForm(typed), effect, ruleId: value?.id ?? null })
  const shown = { ...form, form: rearranged(settled(form.form, form.characteristics), String(typed.do ?? '')) }
  return wantsFragment(c) ? fragment(c, ruleForm(c.var.language, shown)) : showPage(c, shown, programme)
})

const ofEffect = { rule: rules, addition: `${rules}/additions` } as const
for (const effect of ['rule', 'addition'] as const) {
  const base = ofEffect[effect]

  ruleRoutes.get(`${base}/new`, requireNationalCoordinator, async (c) => {
    const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
    return programme ? showPage(c, await formFor(c, programme, { effect, form: emptyForm }), programme) : c.notFound()
  })

  ruleRoutes.post(base, requireNationalCoordinator, async (c) => {
    const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
    return programme ? save(c, programme, { effect, ruleId: null }) : c.notFound()
  })

  ruleRoutes.get(`${base}/${id('rule')}/edit`, requireNationalCoordinator, async (c) => {
    const found = await find(c, effect)
    if (!found) return c.notFound()
    const { rule, programme } = found
    const { group, children } = formOf(rule.condition)
    const form = { group, children: [...children, emptyLine] }
    return showPage(
      c,
      await formFor(c, programme, { effect, ruleId: rule.id, title: rule.title, target: String(rule.target), form }),
      programme,
    )
  })

  ruleRoutes.post(`${base}/${id('rule')}/edit`, requireNationalCoordinator, async (c) => {
    const found = await find(c, effect)
    return found ? save(c, found.programme, { effect, ruleId: found.rule.id }) : c.notFound()
  })

  ruleRoutes.post(`${base}/${id('rule')}/remove`, requireNationalCoordinator, async (c) => {
    const { db, language, signedIn, now } = c.var
    const found = await find(c, effect)
    if (!found) return c.notFound()
    await removeRule(db, found.programme.id, found.rule.id, { by: signedIn, at: now }, effect)
    return done(c, `/programmes/${found.programme.id}/rules`, words[language].removed)
  })
}

for (const direction of ['up', 'down'] as const)
  ruleRoutes.post(`${rules}/${id('rule')}/${direction}`, requireNationalCoordinator, async (c) => {
    const { db, language, signedIn, now } = c.var
    const found = await find(c, 'rule')
    if (!found) return c.notFound()
    const moved = await moveRule(db, found.programme.id, found.rule.id, direction, { by: signedIn, at: now })
    return done(c, `/programmes/${found.programme.id}/rules#rule-${moved}`, words[language].moved)
  })

const fieldsOfEffect = {
  rule: z.object({ title: requiredText(200), pathway: idField }).transform(({ title, pathway }) => ({ title, target: pathway })),
  addition: z.object({ title: requiredText(200), module: idField }).transform(({ title, module }) => ({ title, target: module })),
}

async function save(c: Context<WebEnv>, programme: Programme, { effect, ruleId }: { effect: Effect; ruleId: number | null }) {
  const { db, language, signedIn, now } = c.var
  const t = words[language]
  const { value, problems, typed } = await readForm(c, fieldsOfEffect[effect])
  const form = await formFor(c, programme, { ...typedForm(typed), effect, ruleId })
  const read = readCondition(form.form, form.characteristics, language)
  if (!value || !read.condition)
    return showPage(c, { ...form, problems: { ...problems, ...inWords(read.problems ?? {}, t.refusal) } }, programme)

  const { title, target } = value
  const details = { id: ruleId ?? undefined, title, condition: read.condition }
  const who = { by: signedIn, at: now }
  const outcome =
    effect === 'rule'
      ? await saveRule(db, programme.id, { ...details, pathwayId: target }, who)
      : await saveAddition(db, programme.id, { ...details, moduleId: target }, who)
  if ('refusal' in outcome)
    return showPage(c, { ...form, problems: { [fieldOf[outcome.refusal] ?? 'title']: t.refusal[outcome.refusal] } }, programme)
  return done(c, `/programmes/${programme.id}/rules#${effect}-${outcome.id}`, t.saved)
}

/** Beside which field a refusal of the whole rule stands. */
const fieldOf: Partial<Record<RuleRefusal, string>> = { unknown_pathway: 'pathway', unknown_module: 'module', never_holds: 'group' }

const typedForm = (typed: Typed) => ({
  title: String(typed.title ?? ''),
  target: String(typed.pathway ?? typed.module ?? ''),
  form: { ...typedGroup(typed), group: choiceField(['all', 'any', 'none']).safeParse(typed.group).data ?? 'all' },
})

type Given = Pick<RuleForm, 'effect' | 'form'> & Partial<Pick<RuleForm, 'ruleId' | 'title' | 'target'>>

async function formFor(c: Context<WebEnv>, programme: Programme, given: Given): Promise<RuleForm> {
  const { db, language } = c.var
  return {
    ruleId: null,
    title: '',
    target: '',
    problems: null,
    ...given,
    programmeId: programme.id,
    targets: given.effect === 'rule' ? await pathwaysOf(db, programme.id) : await modulesToChoose(db, programme.id),
    characteristics: characteristicsFor(language, await intakeQuestions(db, programme.id)),
  }
}

function showPage(c: Context<WebEnv>, form: RuleForm, programme: Programme) {
  const { language } = c.var
  return page(c, {
    title: titleOf(language, form),
    content: ruleFormPage(language, form),
    breadcrumb: [...toProgramme(language, programme), { href: `/programmes/${programme.id}/rules`, label: words[language].title }],
    status: form.problems ? 422 : 200,
  })
}

async function find(c: Context<WebEnv>, effect: Effect) {
  const programme = await findProgramme(c.var.db, Number(c.req.param('id')))
  if (!programme) return undefined
  const { rules: proposing, additions } = await rulesEdited(c.var.db, programme.id)
  const edited = [
    ...(effect === 'rule' ? proposing.map((rule) => ({ ...rule, target: rule.pathwayId })) : []),
    ...(effect === 'addition' ? additions.map((addition) => ({ ...addition, target: addition.moduleId })) : []),
  ]
  const rule = edited.find((each) => each.id === Number(c.req.param('rule')))
  return rule && { programme, rule }
}
