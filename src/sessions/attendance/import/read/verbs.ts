import { fold } from '../../../../language/fold.ts'

const joined =
  /\b(joined|partecip\w*|aggiunt\w*|entrat\w*|unit[oa]|iscritt\w*|accesso|accede|beigetreten|teilgenommen|rejoint|connect[eé]\w*|unio|unido|unida|ingressou|ingreso|entrou|deelgenomen|dolaczy\w*)\b/
const left =
  /\b(left|uscit\w*|lasciato|abbandon\w*|disconness\w*|verlassen|gegangen|quitte|parti|sali\w*|saiu|abandon\w*|vertrokken|verlaten|opusci\w*)\b/

/** Known words of a list that tells who came and who went; leaving is looked for first: `Hat die Besprechung verlassen`. */
export const isLeft = (cell: string) => left.test(fold(cell))
export const isJoined = (cell: string) => !isLeft(cell) && joined.test(fold(cell))

export type Verb = 'joined' | 'left'

/**
 * What each word of a list means. Where we don't know the language the list tells it: what most people do first is joining.
 * `events`: who and which word, in the order of time.
 */
export function verbsIn(events: readonly { who: string; word: string }[]): Map<string, Verb> {
  const seen = new Set<string>()
  const counts = new Map<string, { first: number; all: number }>()
  for (const { who, word } of events) {
    const count = counts.get(word) ?? { first: 0, all: 0 }
    counts.set(word, { first: count.first + (seen.has(who) ? 0 : 1), all: count.all + 1 })
    seen.add(who)
  }
  return new Map(
    [...counts].map(([word, { first, all }]) => {
      const known = isLeft(word) ? 'left' : isJoined(word) ? 'joined' : null
      return [word, known ?? (first * 2 >= all ? 'joined' : 'left')]
    }),
  )
}
