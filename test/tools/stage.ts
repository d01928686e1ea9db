import type { ToolName } from '#src/database/schema.ts'
import { type OpenedApp, openApp, rosa } from '#test/support.ts'
import { buildPathway } from '../pathways/builder.ts'

/** The app with one pathway of these tools, followed by the Comune di Salerno; `at` is the address of each. */
export async function openTools(...tools: ToolName[]) {
  const opened = await openApp()
  const built = await buildPathway(
    opened.db,
    tools.map((tool) => ({ kind: 'tool' as const, title: `Strumento ${tool}`, tool })),
  )
  const at = (tool: ToolName) => `/tools/${built.enrolmentId}/${built.moduleIds[tools.indexOf(tool)]}`
  return { ...opened, ...built, at, saved: (path: string, form: Form) => saveAs(opened, path, form) }
}

export type Form = Record<string, string | number>

/** Saves as Rosa, who must be let; the revision is read from the page. */
async function saveAs({ as }: OpenedApp, path: string, form: Form) {
  const browser = await as(rosa)
  const { text } = await browser.get(path)
  const revision = /name="revision" value="(\d+)"/.exec(text)?.[1] ?? '0'
  const answer = await browser.post(path, { revision, ...form })
  if (answer.status !== 303) throw new Error(`${path} was not saved: ${answer.status} ${answer.text.match(/<main[\s\S]*<\/main>/)?.[0]}`)
  return browser.get(path)
}

/** Rows of a table as its form sends them. */
export const tableForm = (field: string, rows: readonly Form[]): Form =>
  Object.fromEntries(
    rows.flatMap((row, index) => Object.entries(row).map(([column, value]) => [`${field}-${index}-${column}`, value] as const)),
  )
