import { html } from 'hono/html'
import type { QuestionState } from '../database/schema.ts'
import type { Language } from '../language/language.ts'
import type { Html } from '../web/env.ts'
import { words } from './words.ts'

const looks: Record<QuestionState, string> = { waiting: 'waiting', answered: 'busy', solved: 'good', merged: 'off' }

export const stateMark = (state: QuestionState, language: Language): Html =>
  html`<span class="state ${looks[state]}">${words[language].state[state]}</span>`
