import type { ProgrammeDocument } from './document.ts'

/** One day of a programme: where it stands, before and after. */
export type ShiftedDay = { of: 'startsOn' | 'endsOn' | 'notBefore' | 'dueOn'; title: string; pathway: string; from: string; to: string }

/** How far a programme moves when it starts on another day. */
export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days

const moved = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()

/** The same programme so many days later (or earlier): every day in it moves alike, so what lies between stays as long. */
export function shifted(document: ProgrammeDocument, days: number): ProgrammeDocument {
  const { programme } = document
  return {
    ...document,
    programme: { ...programme, startsOn: moved(programme.startsOn, days), endsOn: moved(programme.endsOn, days) },
    pathways: document.pathways.map((pathway) => ({
      ...pathway,
      modules: pathway.modules.map((step) => ({
        ...step,
        due: step.due?.from === 'fixed' ? { ...step.due, on: moved(step.due.on, days) } : step.due,
        notBefore: step.notBefore === null ? null : moved(step.notBefore, days),
      })),
    })),
  }
}

/** Every day that a shift moves, in the order of the document. */
export function shiftedDays(document: ProgrammeDocument, days: number): ShiftedDay[] {
  const titles = new Map(document.modules.map(({ key, title }) => [key, title]))
  const day = (of: ShiftedDay['of'], from: string, title = '', pathway = '') => ({ of, title, pathway, from, to: moved(from, days) })
  return [
    day('startsOn', document.programme.startsOn),
    day('endsOn', document.programme.endsOn),
    ...document.pathways.flatMap((pathway) =>
      pathway.modules.flatMap(({ module, notBefore, due }) => [
        ...(notBefore === null ? [] : [day('notBefore', notBefore, titles.get(module), pathway.title)]),
        ...(due?.from === 'fixed' ? [day('dueOn', due.on, titles.get(module), pathway.title)] : []),
      ]),
    ),
  ]
}
