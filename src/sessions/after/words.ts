import { dictionary } from '../../language/language.ts'

export const words = dictionary(
  {
    title: 'Dopo l’incontro',
    certificate: 'Il tuo attestato',
  },
  {
    title: 'After the session',
    certificate: 'Your certificate',
  },
)
