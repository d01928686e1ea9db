import { dictionary } from '../language/language.ts'

export const words = dictionary(
  {
    navigation: {
      pathway: 'Il mio percorso',
      administrations: 'Amministrazioni',
      programmes: 'Programmi',
      sessions: 'Incontri',
      submissions: 'Elaborati',
      questions: 'Domande',
      reports: 'Partecipazione',
      programme: 'Calendario',
      faq: 'Risposte',
    },
    title: 'Inizio',
    visitorTitle: 'Ascoltare i cittadini, passo dopo passo',
    visitorIntro:
      'Percorsi accompagna le amministrazioni pubbliche nelle indagini di soddisfazione: un percorso scelto sulle loro caratteristiche, incontri online, strumenti pronti e un aiuto quando serve.',
    seeProgramme: 'Guarda gli incontri in programma',
    searchFaq: 'Cerca tra le risposte',
  },
  {
    navigation: {
      pathway: 'My pathway',
      administrations: 'Administrations',
      programmes: 'Programmes',
      sessions: 'Sessions',
      submissions: 'Submissions',
      questions: 'Questions',
      reports: 'Participation',
      programme: 'Calendar',
      faq: 'Answers',
    },
    title: 'Home',
    visitorTitle: 'Listening to citizens, step by step',
    visitorIntro:
      'Percorsi guides public administrations through satisfaction surveys: a pathway chosen from their characteristics, online meetings, ready tools and help when it is needed.',
    seeProgramme: 'See the scheduled meetings',
    searchFaq: 'Search the answers',
  },
)
