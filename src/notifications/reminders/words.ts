import { dictionary } from '../../language/language.ts'

export const words = dictionary(
  {
    subject: (title: string, moment: string) => `Promemoria: ${title}, ${moment}`,
    says: (title: string) => `ti ricordiamo l’incontro “${title}”, a cui sei iscritto.`,
    cannotCome: 'Se non puoi venire, cancella l’iscrizione dalla pagina dell’incontro: il posto va a chi aspetta.',
  },
  {
    subject: (title, moment) => `Reminder: ${title}, ${moment}`,
    says: (title) => `this is a reminder of the session “${title}”, for which you are registered.`,
    cannotCome: 'If you cannot come, cancel your registration on the page of the session: the place goes to somebody who waits.',
  },
)
