import type { Delivery } from '../../database/schema.ts'
import { dictionary } from '../../language/language.ts'

export const words = dictionary(
  {
    title: 'Ricevere le novità',
    label: 'Quando qualcuno risponde a questa domanda',
    delivery: {
      at_once: 'Scrivimi subito',
      daily: 'Una sola lettera al giorno, con tutte le novità',
      none: 'Non scrivermi',
    } satisfies Record<Delivery, string>,
    save: 'Salva la scelta',
    saved: 'Scelta salvata.',
    digest: {
      subject: (count: number) => (count === 1 ? 'Una novità nelle domande che segui' : `${count} novità nelle domande che segui`),
      says: 'ecco che cosa è successo da ieri nelle domande che segui:',
      line: (subject: string, count: number) => (count === 1 ? `${subject}: una nuova risposta` : `${subject}: ${count} nuove risposte`),
      action: 'Apri le domande',
      why: 'Ricevi questa lettera, al massimo una al giorno, perché segui delle domande su Percorsi. Nella pagina di ciascuna puoi cambiare scelta.',
    },
  },
  {
    title: 'Getting the news',
    label: 'When somebody answers this question',
    delivery: { at_once: 'Write to me at once', daily: 'One letter a day with all the news', none: 'Don’t write to me' },
    save: 'Save the choice',
    saved: 'Choice saved.',
    digest: {
      subject: (count: number) =>
        count === 1 ? 'One piece of news in the questions you follow' : `${count} pieces of news in the questions you follow`,
      says: 'this is what has happened since yesterday in the questions you follow:',
      line: (subject: string, count: number) => (count === 1 ? `${subject}: one new answer` : `${subject}: ${count} new answers`),
      action: 'Open the questions',
      why: 'You get this letter, one a day at most, because you follow questions on Percorsi. On the page of each you can change your choice.',
    },
  },
)
