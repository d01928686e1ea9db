import type { Schema, SessionKind } from '../database/schema.ts'
import { dictionary } from '../language/language.ts'

/** The figures of participation, in the order of every table and file. */
export const figures = [
  'registered',
  'enrolled',
  'active',
  'completed',
  'referents',
  'participants',
  'participants_online',
  'participants_territorial',
  'hours',
] as const
export type Figure = (typeof figures)[number]
export type Figures = Record<Figure, number>

/** What a figure counts, and so what its rows are; the rows of the hours are single attendances. */
export const unitOf = {
  registered: 'administration',
  enrolled: 'administration',
  active: 'administration',
  completed: 'administration',
  referents: 'person',
  participants: 'person',
  participants_online: 'person',
  participants_territorial: 'person',
  hours: 'attendance',
} as const satisfies Record<Figure, string>
export type Unit = (typeof unitOf)[Figure]

export const channels: Record<'online' | 'territorial', readonly SessionKind[]> = {
  online: ['webinar', 'virtual_classroom'],
  territorial: ['seminar', 'infoday', 'working_table'],
}

/** An attendance counts with one of these, and more than no minutes. */
export const countedStatuses: readonly Schema['attendance']['status'][] = ['present', 'partial']

/** What an administration does itself; recognising a module or setting it aside is somebody else's act. */
export const acts = ['progress', 'submission', 'worksheet', 'registration', 'attendance', 'question'] as const
export type Act = (typeof acts)[number]

type Definition = { label: string; meaning: string }

/** The one place that says what each figure means: page, file and report all show these sentences. */
export const definitions = dictionary<Record<Figure, Definition>>(
  {
    registered: {
      label: 'Nel registro',
      meaning:
        'Amministrazioni presenti nel registro alla data finale (oggi, se non è indicata): già importate e non ancora chiuse. Regione, categoria e tipo sono quelli del registro di oggi.',
    },
    enrolled: {
      label: 'Aderenti',
      meaning:
        'Amministrazioni che alla data finale seguono un percorso del programma: adesione cominciata e non terminata. Regione, categoria e tipo sono quelli del giorno dell’adesione.',
    },
    active: {
      label: 'Attive',
      meaning:
        'Amministrazioni che nel periodo hanno fatto almeno una di queste cose nel programma: avanzare in un modulo, consegnare un elaborato, salvare una scheda di lavoro, iscriversi a un incontro, esserci, fare una domanda. Regione, categoria e tipo sono quelli del giorno dell’adesione o della presenza; quelli del registro di oggi se quel giorno non c’era un’adesione.',
    },
    completed: {
      label: 'Percorso concluso',
      meaning:
        'Amministrazioni che nel periodo hanno concluso un percorso del programma, cioè tutti i suoi moduli obbligatori; contano anche se poi l’adesione è terminata. Regione, categoria e tipo sono quelli del giorno dell’adesione.',
    },
    referents: {
      label: 'Referenti',
      meaning:
        'Persone che alla data finale sono referenti di almeno un’amministrazione del registro, anche non aderente. Ogni persona conta una volta per riga e una volta nel totale.',
    },
    participants: {
      label: 'Partecipanti',
      meaning:
        'Persone con almeno una presenza che vale (presente o parziale, più di zero minuti) a un incontro tenuto nel periodo. Regione, categoria e tipo sono quelli dell’amministrazione il giorno della presenza. Ogni persona conta una volta per riga e una volta nel totale, che quindi può essere minore della somma delle righe.',
    },
    participants_online: {
      label: 'Partecipanti online',
      meaning: 'I partecipanti a webinar e aule virtuali, contati allo stesso modo. Chi partecipa anche sul territorio conta in entrambi.',
    },
    participants_territorial: {
      label: 'Partecipanti sul territorio',
      meaning:
        'I partecipanti a seminari, infoday e tavoli di lavoro, contati allo stesso modo. Chi partecipa anche online conta in entrambi.',
    },
    hours: {
      label: 'Ore di presenza',
      meaning: 'La somma dei minuti delle presenze che valgono agli incontri tenuti nel periodo, divisa per 60, con un decimale.',
    },
  },
  {
    registered: {
      label: 'In the register',
      meaning:
        'Administrations in the register at the closing date (today, when none is given): imported already and not yet closed. Region, category and kind are those of today’s register.',
    },
    enrolled: {
      label: 'Enrolled',
      meaning:
        'Administrations that follow a pathway of the programme at the closing date: enrolment started and not ended. Region, category and kind are those of the day of enrolment.',
    },
    active: {
      label: 'Active',
      meaning:
        'Administrations that in the period did at least one of these in the programme: moved on in a module, handed in an assignment, saved a worksheet, registered for a session, attended, asked a question. Region, category and kind are those of the day of enrolment or attendance; those of today’s register when there was no enrolment that day.',
    },
    completed: {
      label: 'Pathway completed',
      meaning:
        'Administrations that in the period completed a pathway of the programme, that is all its required modules; they count even if the enrolment ended later. Region, category and kind are those of the day of enrolment.',
    },
    referents: {
      label: 'Referents',
      meaning:
        'People who at the closing date are referents of at least one administration in the register, enrolled or not. Each person counts once a row and once in the total.',
    },
    participants: {
      label: 'Participants',
      meaning:
        'People with at least one attendance that counts (present or partial, more than zero minutes) at a session held in the period. Region, category and kind are those of the administration on the day of attendance. Each person counts once a row and once in the total, which may therefore be less than the sum of the rows.',
    },
    participants_online: {
      label: 'Online participants',
      meaning: 'Participants in webinars and virtual classrooms, counted in the same way. Who also takes part on site counts in both.',
    },
    participants_territorial: {
      label: 'On-site participants',
      meaning: 'Participants in seminars, infodays and working tables, counted in the same way. Who also takes part online counts in both.',
    },
    hours: {
      label: 'Hours attended',
      meaning: 'The sum of the minutes of the attendances that count at sessions held in the period, divided by 60, to one decimal.',
    },
  },
)
