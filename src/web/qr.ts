import { html, raw } from 'hono/html'
import { encode } from 'uqr'
import type { Html } from './env.ts'

/** A QR code as a picture that stays sharp at any size; `label` says what it holds to whoever can't see it. */
export function qrCode(text: string, label: string): Html {
  const { data, size } = encode(text, { ecc: 'M', border: 2 })
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])))
  return html`<svg class="qr-code" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${raw(dark.join(''))}" fill="#000"/></svg>`
}
