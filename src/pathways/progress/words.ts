import type { ModuleKind } from '../../database/schema.ts'
import { dictionary } from '../../language/language.ts'
import type { ModuleState } from './rules.ts'

const daysIt = (days: number) => (days === 1 ? '1 giorno dopo' : `${days} giorni dopo`)
const daysEn = (days: number) => (days === 1 ? '1 day after' : `${days} days after`)

export const words = dictionary(
  {
    mine: 'Il mio percorso',
    mineMany: 'I miei percorsi',
    none: 'La tua amministrazione non segue ancora un percorso. Rispondi a poche domande: ti proponiamo quello adatto e ti diciamo perché.',
    toOrientation: 'Scegli il percorso',
    forReferents:
      'Questa pagina è per i referenti. I percorsi delle amministrazioni che segui si aprono dalla pagina di ciascuna amministrazione.',
    toAdministrations: 'Vai alle amministrazioni',
    chooseOne: 'Segui più di un percorso: scegli quale aprire.',
    openPathway: 'Apri il percorso',
    administrations: 'Amministrazioni',

    nextStep: 'Prossimo passo',
    start: {
      webinar: 'Vedi gli incontri',
      virtual_classroom: 'Vedi gli incontri',
      seminar: 'Vedi gli incontri',
      tool: 'Apri lo strumento',
      assignment: 'Prepara l’elaborato',
      reading: 'Apri la lettura',
    } satisfies Record<ModuleKind, string>,
    inReview: (title: string) => `Hai consegnato «${title}»: ora tocca al docente valutarlo.`,
    nothingOpen: 'Nessun modulo è aperto in questo momento. Chiedi al coordinatore come proseguire.',
    onlyOptional: 'Questo modulo è facoltativo.',
    completed: (day: string) => `Percorso completato il ${day}. Complimenti!`,
    ended: (day: string) => `L’amministrazione non segue più questo percorso dal ${day}. Qui resta quello che ha fatto.`,

    progress: 'Avanzamento',
    modulesDone: (done: number, total: number) => `${done} di ${total} ${total === 1 ? 'modulo' : 'moduli'}`,
    optionalDone: (count: number) => (count === 1 ? 'più 1 facoltativo' : `più ${count} facoltativi`),

    modules: 'Moduli',
    noModules: 'Questo percorso non ha ancora moduli.',
    optional: 'facoltativo',
    added: 'Aggiunti per la vostra amministrazione',
    enough: (needed: number, of: number, done: number) =>
      done >= needed
        ? `Ne ${needed === 1 ? 'bastava 1' : `bastavano ${needed}`} su ${of}: questa parte è completata.`
        : `Ne ${needed === 1 ? 'basta 1' : `bastano ${needed}`} su ${of}: ${done === 1 ? 'fatto 1' : `fatti ${done}`}.`,
    opens: (when: string) => `Si apre ${when}.`,
    after: (titles: string) => `dopo ${titles}`,
    notBefore: (day: string) => `dal ${day}`,
    and: ' e ',
    due: (day: string) => `Scade il ${day}`,
    wasDue: (day: string) => `Scadeva il ${day}`,
    fromToday: (days: number) =>
      days === 0 ? 'oggi' : days === 1 ? 'domani' : days === -1 ? 'ieri' : days > 0 ? `tra ${days} giorni` : `${-days} giorni fa`,
    doneOn: (day: string) => `Fatto il ${day}`,
    extended: 'con una proroga',
    dueLater: {
      module: (days: number, title: string) =>
        days === 0 ? `Scade il giorno in cui si completa ${title}` : `Scade ${daysIt(days)} ${title}`,
      session: (days: number, title: string) =>
        `Scade ${days === 0 ? 'il giorno dell’incontro' : `${daysIt(days)} l’incontro`} di ${title}, ancora da fissare`,
    },
    late: 'In ritardo',
    state: {
      locked: 'Non ancora aperto',
      available: 'Da fare',
      in_progress: 'In corso',
      submitted: 'In valutazione',
      completed: 'Completato',
      recognised: 'Riconosciuto',
      not_relevant: 'Non pertinente',
    } satisfies Record<ModuleState, string>,
    kind: {
      webinar: 'Webinar',
      virtual_classroom: 'Aula virtuale',
      seminar: 'Seminario territoriale',
      tool: 'Strumento',
      assignment: 'Elaborato',
      reading: 'Lettura',
    } satisfies Record<ModuleKind, string>,

    about: 'Questo percorso',
    programme: 'Programma',
    enrolledOn: 'Adesione',
    why: 'Perché questo percorso',
    byRule: (rule: string) => `Proposto dalla regola «${rule}».`,
    pathways: 'Percorsi',
    noPathway: 'Questa amministrazione non segue ancora un percorso.',
  },
  {
    mine: 'My pathway',
    mineMany: 'My pathways',
    none: 'Your administration follows no pathway yet. Answer a few questions: we propose the one that fits, and say why.',
    toOrientation: 'Choose the pathway',
    forReferents:
      'This page is for referents. The pathways of the administrations you look after open from the page of each administration.',
    toAdministrations: 'Go to the administrations',
    chooseOne: 'You follow more than one pathway: choose which to open.',
    openPathway: 'Open the pathway',
    administrations: 'Administrations',

    nextStep: 'Next step',
    start: {
      webinar: 'See the sessions',
      virtual_classroom: 'See the sessions',
      seminar: 'See the sessions',
      tool: 'Open the tool',
      assignment: 'Prepare the submission',
      reading: 'Open the reading',
    },
    inReview: (title: string) => `You have handed in “${title}”: now it is the trainer’s turn to review it.`,
    nothingOpen: 'No module is open at the moment. Ask the coordinator how to go on.',
    onlyOptional: 'This module is optional.',
    completed: (day: string) => `Pathway completed on ${day}. Well done!`,
    ended: (day: string) => `The administration left this pathway on ${day}. What it did stays here.`,

    progress: 'Progress',
    modulesDone: (done: number, total: number) => `${done} of ${total} ${total === 1 ? 'module' : 'modules'}`,
    optionalDone: (count: number) => `plus ${count} optional`,

    modules: 'Modules',
    noModules: 'This pathway has no modules yet.',
    optional: 'optional',
    added: 'Added for your administration',
    enough: (needed: number, of: number, done: number) =>
      done >= needed
        ? `${needed} of ${of} was enough: this part is complete.`
        : `${needed} of ${of} ${needed === 1 ? 'is' : 'are'} enough: ${done} done.`,
    opens: (when: string) => `Opens ${when}.`,
    after: (titles: string) => `after ${titles}`,
    notBefore: (day: string) => `from ${day}`,
    and: ' and ',
    due: (day: string) => `Due on ${day}`,
    wasDue: (day: string) => `Was due on ${day}`,
    fromToday: (days: number) =>
      days === 0 ? 'today' : days === 1 ? 'tomorrow' : days === -1 ? 'yesterday' : days > 0 ? `in ${days} days` : `${-days} days ago`,
    doneOn: (day: string) => `Done on ${day}`,
    extended: 'extended',
    dueLater: {
      module: (days: number, title: string) => (days === 0 ? `Due on the day that ${title} is completed` : `Due ${daysEn(days)} ${title}`),
      session: (days: number, title: string) =>
        `Due ${days === 0 ? 'on the day of' : daysEn(days)} the session of ${title}, still to be scheduled`,
    },
    late: 'Late',
    state: {
      locked: 'Not open yet',
      available: 'To do',
      in_progress: 'In progress',
      submitted: 'Being reviewed',
      completed: 'Completed',
      recognised: 'Recognised',
      not_relevant: 'Not relevant',
    },
    kind: {
      webinar: 'Webinar',
      virtual_classroom: 'Virtual classroom',
      seminar: 'Territorial seminar',
      tool: 'Tool',
      assignment: 'Assignment',
      reading: 'Reading',
    },

    about: 'This pathway',
    programme: 'Programme',
    enrolledOn: 'Enrolled on',
    why: 'Why this pathway',
    byRule: (rule: string) => `Proposed by the rule “${rule}”.`,
    pathways: 'Pathways',
    noPathway: 'This administration follows no pathway yet.',
  },
)

export type Words = (typeof words)['it']
