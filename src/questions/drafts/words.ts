import { dictionary } from '../../language/language.ts'

export const words = dictionary(
  {
    kept: 'Nel frattempo l’accesso era scaduto. Quello che hai scritto è conservato: accedi di nuovo e lo ritrovi. Gli allegati vanno scelti un’altra volta.',
    given: 'Ecco quello che avevi scritto prima che l’accesso scadesse. Rileggi e invia: non è ancora stato inviato.',
  },
  {
    kept: 'Your sign-in had expired meanwhile. What you wrote has been kept: sign in again and you will find it. Attachments have to be chosen again.',
    given: 'This is what you had written before your sign-in expired. Read it again and send it: it has not been sent yet.',
  },
)
