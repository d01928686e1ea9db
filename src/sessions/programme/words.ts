import { dictionary } from '../../language/language.ts'

export const words = dictionary(
  {
    title: 'Il programma degli incontri',
    intro: 'Webinar, aule virtuali e seminari aperti alle amministrazioni che seguono un percorso.',
    programmes: 'I programmi in corso',
    subscribe: 'Abbonati al calendario',
    download: 'Apri il file .ics',
    subscribeHelp: 'Il calendario abbonato si aggiorna da solo, anche se un incontro cambia o viene annullato.',
    coming: 'Prossimi incontri',
    none: 'Per ora non ci sono incontri in calendario. Abbonati al calendario: i prossimi compariranno da soli.',
    past: 'Incontri recenti',
    online: 'Online',
    kind: 'Tipo',
    cancelled: 'Annullato',
  },
  {
    title: 'The programme of sessions',
    intro: 'Webinars, virtual classrooms and seminars open to the administrations that follow a pathway.',
    programmes: 'Programmes under way',
    subscribe: 'Subscribe to the calendar',
    download: 'Open the .ics file',
    subscribeHelp: 'A subscribed calendar updates itself, also when a session changes or is cancelled.',
    coming: 'Coming sessions',
    none: 'No session is scheduled for now. Subscribe to the calendar: the next ones will appear by themselves.',
    past: 'Recent sessions',
    online: 'Online',
    kind: 'Kind',
    cancelled: 'Cancelled',
  },
)
