import { dictionary } from '../../language/language.ts'

export const words = dictionary(
  {
    title: 'Dove sei collegato',
    intro: 'I browser da cui sei entrato. Se non ne riconosci uno, chiudilo.',
    here: 'questo browser',
    unknown: 'Browser sconosciuto',
    since: (moment: string) => `Entrato il ${moment}`,
    seen: (moment: string) => `ultima attività ${moment}`,
    end: 'Chiudi',
    endOf: (browser: string) => `Chiudi l’accesso da ${browser}`,
    ended: 'Accesso chiuso.',
    endOthers: 'Chiudi tutti gli altri',
    endedOthers: (count: number) => (count === 1 ? 'Un altro accesso chiuso.' : `${count} altri accessi chiusi.`),
    none: 'Non risultano altri accessi.',
  },
  {
    title: 'Where you are signed in',
    intro: 'The browsers from which you signed in. If you don’t recognise one, end it.',
    here: 'this browser',
    unknown: 'Unknown browser',
    since: (moment: string) => `Signed in ${moment}`,
    seen: (moment: string) => `last active ${moment}`,
    end: 'End',
    endOf: (browser: string) => `End the sign-in from ${browser}`,
    ended: 'Sign-in ended.',
    endOthers: 'End all others',
    endedOthers: (count: number) => (count === 1 ? 'One other sign-in ended.' : `${count} other sign-ins ended.`),
    none: 'There is no other sign-in.',
  },
)
