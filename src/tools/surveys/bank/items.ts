import type { Dimension, Family, Option } from '../survey.ts'

/** A question of the bank; `families` are the kinds of service it fits. */
export type BankItem = {
  key: string
  kind: 'scale' | 'choice' | 'text'
  dimension: Dimension | null
  families: readonly Family[]
  it: string
  en: string
  options?: readonly Option[]
}

const everywhere = ['counter', 'online', 'telephone', 'territory', 'internal'] as const
const spoken = ['counter', 'telephone', 'territory', 'internal'] as const
const inPerson = ['counter', 'territory'] as const

const scale = (key: string, dimension: Dimension, families: readonly Family[], it: string, en: string): BankItem => ({
  key,
  kind: 'scale',
  dimension,
  families,
  it,
  en,
})

/** Written for this bank, short enough for a phone; each can be taken over, changed, or left out. */
const scaleItems: readonly BankItem[] = [
  scale(
    'hours',
    'accessibility',
    ['counter', 'telephone', 'territory'],
    'Gli orari in cui il servizio è aperto',
    'The hours when the service is open',
  ),
  scale('reaching', 'accessibility', inPerson, 'La facilità di raggiungere la sede', 'How easy it is to reach the place'),
  scale('barriers', 'accessibility', inPerson, 'L’accesso per chi ha difficoltà a muoversi', 'Access for people who find it hard to move'),
  scale('booking', 'accessibility', inPerson, 'La possibilità di prenotare un appuntamento', 'The possibility to book an appointment'),
  scale(
    'finding',
    'accessibility',
    ['online'],
    'La facilità di trovare il servizio nel sito',
    'How easy it is to find the service on the website',
  ),
  scale('signing-in', 'accessibility', ['online'], 'La semplicità dell’accesso (SPID, CIE)', 'How simple it is to sign in (SPID, CIE)'),
  scale('phone-use', 'accessibility', ['online'], 'L’uso del servizio dal telefono', 'Using the service on a phone'),
  scale('line', 'accessibility', ['telephone'], 'La facilità di prendere la linea', 'How easy it is to get through'),
  scale('contact', 'accessibility', ['internal'], 'La facilità di sapere a chi rivolgersi', 'How easy it is to know whom to ask'),
  scale(
    'waiting',
    'timeliness',
    ['counter', 'telephone', 'territory'],
    'Il tempo di attesa prima di essere serviti',
    'The time waited before being served',
  ),
  scale(
    'duration',
    'timeliness',
    everywhere,
    'Il tempo necessario per ottenere quello che serviva',
    'The time it took to get what was needed',
  ),
  scale('speed', 'timeliness', ['online'], 'La velocità delle pagine', 'The speed of the pages'),
  scale('deadlines', 'timeliness', ['territory', 'internal'], 'Il rispetto dei tempi annunciati', 'Keeping to the times announced'),
  scale(
    'before',
    'transparency',
    everywhere,
    'Le informazioni disponibili prima di rivolgersi al servizio',
    'The information available before turning to the service',
  ),
  scale(
    'forms',
    'transparency',
    ['counter', 'online', 'territory'],
    'La chiarezza dei moduli e delle istruzioni',
    'How clear forms and instructions are',
  ),
  scale(
    'progress',
    'transparency',
    ['online', 'territory', 'internal'],
    'La possibilità di sapere a che punto è la richiesta',
    'Being able to know how far the request is',
  ),
  scale(
    'costs',
    'transparency',
    ['counter', 'online'],
    'La chiarezza su costi e documenti richiesti',
    'How clear costs and required documents are',
  ),
  scale(
    'first-time',
    'effectiveness',
    everywhere,
    'La possibilità di risolvere tutto la prima volta',
    'Being able to settle everything the first time',
  ),
  scale('complete', 'effectiveness', everywhere, 'La completezza della risposta ricevuta', 'How complete the answer was'),
  scale('correct', 'effectiveness', ['counter', 'online', 'territory', 'internal'], 'L’assenza di errori', 'The absence of mistakes'),
  scale('kindness', 'courtesy', spoken, 'La cortesia del personale', 'The courtesy of the staff'),
  scale('listening', 'courtesy', spoken, 'La disponibilità ad ascoltare', 'The willingness to listen'),
  scale('privacy', 'courtesy', inPerson, 'Il rispetto della riservatezza', 'The respect for privacy'),
  scale('tone', 'courtesy', ['online'], 'Il tono dei messaggi ricevuti', 'The tone of the messages received'),
  scale('preparation', 'competence', spoken, 'La preparazione del personale', 'How well prepared the staff are'),
  scale('explaining', 'competence', spoken, 'La chiarezza delle spiegazioni', 'How clear the explanations are'),
  scale('help', 'competence', ['online'], 'L’aiuto ricevuto in caso di difficoltà', 'The help received in case of trouble'),
  scale('rooms', 'environment', inPerson, 'Gli spazi: pulizia, sedute, temperatura', 'The rooms: cleanliness, seats, temperature'),
  scale('signs', 'environment', inPerson, 'La segnaletica e le indicazioni', 'Signs and directions'),
  scale('layout', 'environment', ['online'], 'La leggibilità delle pagine', 'How readable the pages are'),
  scale('tools', 'environment', ['internal'], 'Gli strumenti messi a disposizione', 'The tools made available'),
  scale('overall', 'overall', everywhere, 'Il servizio nel suo complesso', 'The service as a whole'),
]

const option = (code: string, it: string, en: string): Option => ({ code, it, en })

/** About who answers: few and coarse, so that nobody is recognisable. */
const choiceItems: readonly BankItem[] = [
  {
    key: 'age',
    kind: 'choice',
    dimension: null,
    families: ['counter', 'online', 'telephone', 'territory'],
    it: 'Qual è la Sua età?',
    en: 'How old are you?',
    options: [
      option('A1', 'Fino a 34 anni', 'Up to 34'),
      option('A2', 'Da 35 a 54 anni', '35 to 54'),
      option('A3', 'Da 55 a 69 anni', '55 to 69'),
      option('A4', '70 anni o più', '70 or over'),
    ],
  },
  {
    key: 'frequency',
    kind: 'choice',
    dimension: null,
    families: everywhere,
    it: 'Quante volte ha usato il servizio nell’ultimo anno?',
    en: 'How often did you use the service in the last year?',
    options: [
      option('A1', 'Una volta', 'Once'),
      option('A2', 'Due o tre volte', 'Two or three times'),
      option('A3', 'Più spesso', 'More often'),
    ],
  },
  {
    key: 'capacity',
    kind: 'choice',
    dimension: null,
    families: ['counter', 'online', 'telephone', 'territory'],
    it: 'A che titolo ha usato il servizio?',
    en: 'In which capacity did you use the service?',
    options: [
      option('A1', 'Per me o per la mia famiglia', 'For me or my family'),
      option('A2', 'Per un’impresa', 'For a business'),
      option('A3', 'Come professionista', 'As a professional'),
      option('A4', 'Per un’associazione', 'For an association'),
    ],
  },
  {
    key: 'channel',
    kind: 'choice',
    dimension: null,
    families: ['counter', 'online', 'telephone'],
    it: 'Come preferirebbe usare il servizio?',
    en: 'How would you prefer to use the service?',
    options: [
      option('A1', 'Allo sportello', 'At the counter'),
      option('A2', 'Online', 'Online'),
      option('A3', 'Per telefono', 'By telephone'),
    ],
  },
  {
    key: 'office',
    kind: 'choice',
    dimension: null,
    families: ['internal'],
    it: 'In quale area lavora?',
    en: 'In which area do you work?',
    options: [
      option('A1', 'Area amministrativa', 'Administration'),
      option('A2', 'Area tecnica', 'Technical area'),
      option('A3', 'Servizi alla persona', 'Personal services'),
    ],
  },
]

const textItems: readonly BankItem[] = [
  { key: 'best', kind: 'text', dimension: null, families: everywhere, it: 'Che cosa funziona bene?', en: 'What works well?' },
  {
    key: 'first',
    kind: 'text',
    dimension: null,
    families: everywhere,
    it: 'Che cosa cambierebbe per prima cosa?',
    en: 'What would you change first?',
  },
]

export const bank: readonly BankItem[] = [...scaleItems, ...choiceItems, ...textItems]
