import { expect, test } from 'vitest'
import * as z from 'zod'
import {
  checkForm,
  dayField,
  emailField,
  manyField,
  optionalIdField,
  optionalLink,
  optionalText,
  requiredText,
  timeField,
} from '#src/web/forms.ts'
import { markdown } from '#src/web/markdown.ts'

const problemOf = (field: z.ZodType, typed: string | string[] | undefined) =>
  checkForm(z.object({ field }), { field: typed }).problems?.field ?? null
const missing = (field: z.ZodType) => checkForm(z.object({ field }), {})

test('a field that the browser left out counts as empty', () => {
  expect(missing(optionalText()).value).toEqual({ field: '' })
  expect(missing(optionalLink).value).toEqual({ field: null })
  expect(missing(optionalIdField).value).toEqual({ field: null })
  expect(missing(manyField).value).toEqual({ field: [] })
  expect(missing(requiredText()).problems).toEqual({ field: 'required' })
})

test('one field sent twice is refused, not guessed', () => {
  expect(problemOf(requiredText(), ['a', 'b'])).toBe('required')
})

test('invisible and direction-changing characters are taken out', () => {
  expect(checkForm(z.object({ field: requiredText() }), { field: 'ab\u200Bc\u202Ed\u0007\n' }).value).toEqual({ field: 'abcd' })
})

for (const [what, field, typed, problem] of [
  ['an address without a dot', emailField, 'rosa', 'email'],
  ['a link that would run script', optionalLink, 'javascript:alert(1)', 'link'],
  ['30 February', dayField, '2026-02-30', 'date'],
  ['25 o’clock', timeField, '25:00', 'time'],
  ['a text beyond its length', requiredText(3), 'abcd', 'too_long'],
] as const)
  test(`refused beside the field: ${what}`, () => {
    expect(problemOf(field, typed)).toBe(problem)
  })

test('an e-mail address is kept in lower case', () => {
  expect(checkForm(z.object({ field: emailField }), { field: ' Rosa@Comune.Example ' }).value).toEqual({ field: 'rosa@comune.example' })
})

test('Markdown runs no script, opens no script link and shows no picture of another host', async () => {
  const shown = String(await markdown('<script>x</script> [a](javascript:x) ![b](https://evil.example/p.png)'))
  expect(shown).not.toMatch(/<script|href="javascript|<img/)
})

test('the headings of a text start below those of its page, whatever the author began with', async () => {
  expect(String(await markdown('## Uno\n\n### Due'))).toMatch(/<h3>Uno<\/h3>\s*<h4>Due<\/h4>/)
})
