import { html } from 'hono/html'
import type { Language } from '../../language/language.ts'
import type { Mail } from '../../web/env.ts'
import { words } from './words.ts'

type Receiver = { id: number; email: string; name: string; language: Language }

export function signInMail({ id, email, name, language }: Receiver, { url, code }: { url: string; code: string }): Mail {
  const t = words[language].mail
  return {
    to: { id, email },
    subject: t.subject(code),
    text: [t.hello(name), t.open, url, t.orType(code), t.notYou].join('\n\n'),
    html: String(
      html`<p>${t.hello(name)}</p><p>${t.open}</p><p><a href="${url}">${t.button}</a></p><p>${t.orType(code)}</p><p>${t.notYou}</p>`,
    ),
  }
}
