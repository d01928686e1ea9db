import type { Channel } from '../../../database/schema.ts'
import { dictionary } from '../../../language/language.ts'
import type { BehalfRefusal } from './rules.ts'

export const words = dictionary(
  {
    title: 'Registra una domanda arrivata a voce',
    intro: 'Per chi ha chiesto al telefono o nella chat di un incontro: la domanda resta sua, e la risposta arriva a lui o lei.',
    who: 'Chi ha chiesto?',
    whoHelp: 'Il nome della persona o della sua amministrazione.',
    search: 'Cerca',
    choose: (name: string, administration: string) => `${name}, ${administration}`,
    noneFound: 'Nessun referente trovato con queste parole, nelle regioni che segui.',
    asker: 'Ha chiesto',
    change: 'È un’altra persona',
    channel: 'Come è arrivata',
    channels: { call: 'Per telefono', chat: 'Nella chat di un incontro', web: 'Per iscritto, fuori da Percorsi' } satisfies Record<
      Channel,
      string
    >,
    save: 'Registra la domanda',
    saved: 'Domanda registrata: chi l’ha fatta riceverà la risposta.',
    refusal: {
      not_theirs: 'Non segui la regione di questa amministrazione.',
      not_a_referent: 'Questa persona non è referente dell’amministrazione.',
      no_such_module: 'Questo modulo non è tra quelli che l’amministrazione può seguire.',
    } satisfies Record<BehalfRefusal, string>,
  },
  {
    title: 'Enter a question that came by voice',
    intro: 'For those who asked by telephone or in the chat of a session: the question stays theirs, and the answer reaches them.',
    who: 'Who asked?',
    whoHelp: 'The name of the person or of their administration.',
    search: 'Search',
    choose: (name: string, administration: string) => `${name}, ${administration}`,
    noneFound: 'No referent found with these words in the regions you look after.',
    asker: 'Asked by',
    change: 'It is somebody else',
    channel: 'How it came',
    channels: { call: 'By telephone', chat: 'In the chat of a session', web: 'In writing, outside Percorsi' },
    save: 'Enter the question',
    saved: 'Question entered: whoever asked it will receive the answer.',
    refusal: {
      not_theirs: 'You do not look after the region of this administration.',
      not_a_referent: 'This person is not a referent of the administration.',
      no_such_module: 'This module is not among those that the administration can follow.',
    },
  },
)
