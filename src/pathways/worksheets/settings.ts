import * as z from 'zod'
import { requiredText } from '../../web/forms.ts'
import { columnKinds, type Settings } from './fields.ts'

const option = z.strictObject({ value: requiredText(200), label: requiredText(200) })
const bounds = {
  least: z.number().min(-1_000_000_000).max(1_000_000_000).optional(),
  most: z.number().min(-1_000_000_000).max(1_000_000_000).optional(),
  decimals: z.boolean().optional(),
  options: z.array(option).max(100).readonly().optional(),
}

/** What a field's kind needs, as it is kept and exported. */
export const settingsSchema = z.strictObject({
  ...bounds,
  columns: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[a-z][a-z0-9]{0,19}$/, 'key_form'),
        label: requiredText(120),
        kind: z.enum(columnKinds),
        required: z.boolean().optional(),
        ...bounds,
      }),
    )
    .max(12)
    .readonly()
    .optional(),
})

/** What was kept, as it can be used; whatever can't be read counts as nothing said. */
export function readSettings(json: string): Settings {
  return settingsSchema.safeParse(JSON.parse(json)).data ?? {}
}
