import { handIn, reviewSubmission } from '../pathways/assignments/actions.ts'
import { confirmReading } from '../pathways/modules/actions.ts'
import { saveWorksheet } from '../tools/actions.ts'
import { fieldsToFill } from '../tools/queries.ts'
import type { DemoEnrolment } from './enrol.ts'
import { type DemoModule, demoModules, demoPathways } from './modules.ts'
import { repeatable } from './names.ts'
import { after, isPast, type Story } from './story.ts'

/** Each administration works through its pathway at its own pace, some late, some not to the end. */
export async function doTheWork(story: Story, enrolled: readonly DemoEnrolment[]) {
  const chance = repeatable(2012)
  for (const enrolment of enrolled) await walk(story, enrolment, chance)
}

async function walk(story: Story, enrolment: DemoEnrolment, chance: () => number) {
  const ours = enrolment.code === 'c_h703'
  const pace = ours ? 0.8 : 0.6 + chance() * 0.9
  const stamina = ours ? 1 : enrolment.roc ? 0.3 + chance() : 0.1 + chance()
  const modules = demoPathways.find(({ name }) => name === enrolment.pathway)?.modules ?? []

  for (const [index, { module: name, due }] of modules.entries()) {
    const module = demoModules.find((each) => each.name === name)
    if (!module || index / modules.length > stamina) return
    const worked = await work(story, enrolment, module, after(enrolment.enrolledAt, (due ?? 100) * pace), chance)
    if (worked === 'stopped') return
  }
}

async function work(
  story: Story,
  enrolment: DemoEnrolment,
  module: DemoModule,
  at: Temporal.Instant,
  chance: () => number,
): Promise<'done' | 'stopped'> {
  const { tx, programme } = story
  if (!isPast(story, at)) return 'stopped'
  const place = { enrolmentId: enrolment.enrolmentId, moduleId: programme.modules.get(module.name) ?? 0 }
  const by = { id: enrolment.referents[0] ?? 0 }

  if (module.kind === 'reading') await confirmReading(tx, place, { by, at })
  if (module.kind === 'tool') await fillWorksheet(story, place, module, { by, at })
  if (module.kind === 'assignment') return submit(story, place, module, { by, at }, chance)
  return 'done'
}

type Place = { enrolmentId: number; moduleId: number }
type Who = { by: { id: number }; at: Temporal.Instant }

async function fillWorksheet({ tx }: Story, place: Place, module: DemoModule, who: Who) {
  const fields = await fieldsToFill(tx, place.moduleId)
  const written = worksheetTexts[module.name] ?? []
  const answers = Object.fromEntries(fields.map(({ name }, index) => [name, written[index] ?? 'Vedi verbale del gruppo di lavoro.']))
  await saveWorksheet(tx, { ...place, answers, revision: 0, complete: true }, who)
}

async function submit(story: Story, place: Place, module: DemoModule, { by, at }: Who, chance: () => number): Promise<'done' | 'stopped'> {
  const { tx, staff } = story
  const handed = await handIn(tx, { ...place, text: submissionTexts[module.name] ?? '', files: [] }, { by, at })
  if ('refusal' in handed) return 'stopped'
  const { id } = await tx
    .selectFrom('submission')
    .where('enrolment_id', '=', place.enrolmentId)
    .where('module_id', '=', place.moduleId)
    .orderBy('version', 'desc')
    .select('id')
    .executeTakeFirstOrThrow()

  const reviewedAt = after(at, 2 + chance() * 9)
  if (!isPast(story, reviewedAt)) return 'stopped'
  const accepted = chance() < 0.8
  const comment = accepted
    ? 'Chiaro e completo: buon lavoro.'
    : 'Mancano le risposte raccolte rispetto a quelle previste: aggiungetele e riconsegnate.'
  await reviewSubmission(tx, id, { verdict: accepted ? 'accepted' : 'to_revise', comment }, { by: staff.paolo, at: reviewedAt })
  if (accepted) return 'done'
  return chance() < 0.6 ? submit(story, place, module, { by, at: after(reviewedAt, 5) }, () => 0.1) : 'stopped'
}

const worksheetTexts: Record<string, readonly string[]> = {
  choice: [
    'Anagrafe (18.000 utenti)\nTributi (9.500)\nServizi scolastici (3.200)',
    'Sportello anagrafe',
    'È il servizio più usato, ha il maggior numero di reclami sulle attese e possiamo cambiare gli orari senza spese.',
  ],
  map: [
    'Informazione\nPrenotazione\nAttesa\nSportello\nRilascio',
    'Sito e telefono: ufficio relazioni con il pubblico. Sportello: due addetti.',
    'Attese lunghe il lunedì e documenti mancanti scoperti solo allo sportello.',
  ],
  sampling: [
    '18.000',
    '377, con margine del 5%',
    'Quattro settimane, mattina e pomeriggio, all’uscita dallo sportello e con un collegamento nella ricevuta.',
  ],
}

const submissionTexts: Record<string, string> = {
  report:
    'Servizio: sportello anagrafe. Periodo: quattro settimane. Risposte: 391 su 377 previste. Punti forti: cortesia, chiarezza, accessibilità. Punti deboli: tempi di attesa, orari, informazioni prima di venire.',
  plan: '1. Prenotazione online entro tre mesi (responsabile: sistemi informativi; indicatore: attesa media sotto 10 minuti). 2. Apertura del giovedì pomeriggio. 3. Elenco dei documenti sul sito e nella conferma. Nuova misurazione tra dodici mesi.',
}
