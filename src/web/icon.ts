import { html } from 'hono/html'
import { asset } from './assets.ts'
import type { Html } from './env.ts'

/** An icon of Bootstrap Italia's sprite, e.g. `it-check`; decorative, so the words beside it must say the same. */
export const icon = (name: `it-${string}`): Html =>
  html`<svg class="icon icon-sm" aria-hidden="true" focusable="false"><use href="${asset('sprites.svg')}#${name}"></use></svg>`
