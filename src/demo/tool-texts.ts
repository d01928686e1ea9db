import type { ToolName } from '../database/schema.ts'
import type { Answers, Row } from '../pathways/worksheets/fields.ts'
import { areas, degrees, statementNames } from '../tools/maturity/score.ts'
import { remedyOf, type Survey } from './texts.ts'

type Filling = { survey: Survey; today: Temporal.PlainDate; chance: () => number }

/** What an administration writes in each of the product's tools, about the service that it surveys. */
export const toolAnswers: Partial<Record<ToolName, (filling: Filling) => Answers>> = {
  self_assessment: ({ chance }) => {
    // Most are at the beginning: the second and third degree are the usual ones.
    const usual = () => degrees[chance() < 0.25 ? 0 : chance() < 0.7 ? 1 : 2] ?? 'sometimes'
    const entries = areas.flatMap((area) => statementNames(area).map((name) => [name, usual()] as const))
    return { ...Object.fromEntries(entries), note: 'Abbiamo fatto un’indagine qualche anno fa, ma i risultati non sono stati pubblicati.' }
  },

  service_choice: ({ survey: { service, others, users, weak } }) => ({
    services: [
      { name: service, users: String(users), complaints: '64', strategic: '4', feasibility: '4' },
      ...others.map((name, index) => ({
        ...{ name, users: String(Math.round(users * (index === 0 ? 0.6 : 0.35))), complaints: index === 0 ? '41' : '12' },
        ...{ strategic: index === 0 ? '4' : '3', feasibility: index === 0 ? '2' : '4' },
      })),
    ],
    'weight-users': '30',
    'weight-complaints': '30',
    'weight-strategic': '20',
    'weight-feasibility': '20',
    chosen: service,
    reason: `È tra i servizi più usati, riceve reclami su ${weak[0]} e possiamo cambiare qualcosa senza spese.`,
  }),

  process_map: ({ survey: { service, weak } }) => ({
    service,
    steps: [
      step('Informarsi', 'Cercare orari e documenti', 'web', 'Redazione del sito', 'La pagina non dice tutti i documenti'),
      step('Informarsi', 'Chiedere per telefono', 'phone', 'Ufficio relazioni con il pubblico'),
      step('Prenotare', 'Fissare l’appuntamento', 'phone', 'Centralino'),
      step('Allo sportello', 'Aspettare il turno', 'counter', 'Accoglienza', capital(weak[0] ?? '')),
      step('Allo sportello', 'Consegnare la domanda', 'counter', 'Due addetti per turno'),
      step('Lavorazione', 'Verificare i dati', 'none', 'Ufficio interno'),
      step('Concludere', 'Ricevere la risposta', 'email', 'Protocollo', capital(weak[1] ?? '')),
    ],
    shows: `I problemi nascono soprattutto da ${weak[0]} e ${weak[1]}.`,
  }),

  sampling_plan: ({ survey: { users } }) => ({
    ...{ population: String(users), confidence: '95', margin: '5', proportion: '50', rate: '35', mode: 'mixed' },
    strata: [
      { name: 'Sportello, mattina', population: String(users * 0.5) },
      { name: 'Sportello, pomeriggio', population: String(users * 0.3) },
      { name: 'Online', population: String(users * 0.2) },
    ],
    when: 'Quattro settimane, mattina e pomeriggio: all’uscita dallo sportello e con un collegamento nella ricevuta. Se ne occupa l’ufficio relazioni con il pubblico.',
  }),

  improvement_plan: ({ survey: { weak }, today }) => ({
    actions: weak.map((weakness, index): Row => {
      const { action, indicator } = remedyOf(weakness)
      const opinion = { indicator: `Soddisfazione per ${weakness}, da 1 a 5`, before: '2.9', target: '3.5' }
      const end = today.add({ days: [20, 60, 120][index] ?? 90 })
      return {
        ...{
          action,
          weakness,
          owner: ['Responsabile dello sportello', 'Ufficio relazioni con il pubblico', 'Sistemi informativi'][index] ?? '',
        },
        ...{ start: today.toString(), end: end.toString(), status: index === 0 ? 'under_way' : 'to_start', indicator },
        ...(index === 0 && opinion),
      }
    }),
    remeasure: 'Tra dodici mesi, con lo stesso questionario e nello stesso periodo dell’anno.',
  }),

  communication_plan: ({ survey: { service, wanted, collected, strong, weak }, today }) => ({
    steps: [
      {
        audience: 'Chi usa il servizio',
        message: 'Bastano tre minuti: la tua opinione ci serve',
        channel: 'counter',
        date: today.subtract({ days: 30 }).toString(),
        who: 'Ufficio relazioni con il pubblico',
        status: 'done',
      },
      {
        audience: 'Tutti i cittadini',
        message: 'Che cosa avete detto, e che cosa cambiamo',
        channel: 'site',
        date: today.add({ days: 7 }).toString(),
        who: 'Redazione del sito',
        status: 'planned',
      },
      {
        audience: 'Colleghi',
        message: 'I risultati, prima che li leggano fuori',
        channel: 'internal',
        date: today.add({ days: 3 }).toString(),
        who: 'Segreteria generale',
        status: 'planned',
      },
      {
        audience: 'Stampa locale',
        message: 'Tre azioni concrete entro l’anno',
        channel: 'press',
        date: today.add({ days: 14 }).toString(),
        who: 'Ufficio stampa',
        status: 'planned',
      },
    ],
    heading: `${service}: che cosa ci avete detto, e che cosa cambia`,
    results: `Hanno risposto **${collected}** persone; per un margine di errore del 5% ne servivano ${wanted}.\n\n- Che cosa va bene: ${strong}.\n- Che cosa va migliorato: ${weak.join(', ')}.`,
    changes: 'Cominciamo da ciò che per voi conta di più e va peggio. Tra dodici mesi chiederemo di nuovo, con le stesse domande.',
  }),
}

const step = (phase: string, activity: string, contact: string, who: string, trouble = ''): Row => ({
  phase,
  activity,
  contact,
  who,
  trouble,
})
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
