import { dictionary } from '../../language/language.ts'

export const words = dictionary(
  {
    title: 'Dopo l’incontro',
    survey: 'Rispondi al questionario',
    answered: 'Hai risposto al questionario: grazie.',
    results: 'Risultati del questionario',
    certificate: 'Il tuo attestato',
  },
  {
    title: 'After the session',
    survey: 'Answer the survey',
    answered: 'You have answered the survey: thank you.',
    results: 'Results of the survey',
    certificate: 'Your certificate',
  },
)
