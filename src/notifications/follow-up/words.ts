import { dictionary } from '../../language/language.ts'

export const words = dictionary(
  {
    subject: (title: string) => `Dopo l’incontro: ${title}`,
    says: (title: string) => `grazie per aver partecipato a “${title}”.`,
    materials: 'Nella pagina dell’incontro trovi:',
    noMaterials: 'Nella pagina dell’incontro trovi i materiali, quando ci sono.',
    survey: (url: string) => `Ci aiuti a migliorare? Due minuti per dirci com’è andata: ${url}`,
    action: 'Apri la pagina dell’incontro',
  },
  {
    subject: (title) => `After the session: ${title}`,
    says: (title) => `thank you for taking part in “${title}”.`,
    materials: 'On the page of the session you find:',
    noMaterials: 'On the page of the session you find the materials, when there are some.',
    survey: (url) => `Would you help us to improve? Two minutes to tell us how it went: ${url}`,
    action: 'Open the page of the session',
  },
)
