/** A draft waits so long for its author. */
export const keptForHours = 24
/** So many wait at most, of everybody together. */
export const mostWaiting = 2_000

const ownForms = /^\/questions(\/(\d{1,9})\/answers)?$/

/** The page on which a form with a draft is offered again; null for forms whose drafts are not kept. */
export function pageOf(path: string): string | null {
  const found = ownForms.exec(path)
  if (!found) return null
  return found[2] ? `/questions/${found[2]}` : '/questions/new'
}
