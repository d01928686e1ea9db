import { dictionary } from '../../language/language.ts'

export const words = dictionary(
  {
    title: 'Dopo l’incontro',
    survey: 'Rispondi al questionario',
    answered: 'Hai risposto al questionario: grazie.',
    results: 'Risultati del questionario',
    readMinutes: 'Leggi il verbale',
    minutes: 'Verbale',
    certificate: 'Il tuo attestato',
  },
  {
    title: 'After the session',
    survey: 'Answer the survey',
    answered: 'You have answered the survey: thank you.',
    results: 'Results of the survey',
    readMinutes: 'Read the minutes',
    minutes: 'Minutes',
    certificate: 'Your certificate',
  },
)
