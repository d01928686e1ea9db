import { dictionary } from '../../language/language.ts'

export const words = dictionary(
  {
    subject: (count: number) =>
      count === 1 ? 'Piano di miglioramento: un’azione in scadenza' : `Piano di miglioramento: ${count} azioni in scadenza`,
    says: (administration: string) => `ecco le azioni del piano di miglioramento di ${administration} che chiedono attenzione:`,
    soon: (title: string, day: string) => `“${title}”: entro il ${day}`,
    late: (title: string, day: string) => `“${title}”: doveva finire entro il ${day}`,
    what: 'Se sono concluse, segnalo nel piano; se serve più tempo, scrivi la nuova data.',
    action: 'Apri il piano',
  },
  {
    subject: (count) => (count === 1 ? 'Improvement plan: one action is due' : `Improvement plan: ${count} actions are due`),
    says: (administration) => `these actions of the improvement plan of ${administration} ask for attention:`,
    soon: (title, day) => `“${title}”: by ${day}`,
    late: (title, day) => `“${title}”: was to end by ${day}`,
    what: 'If they are done, say so in the plan; if they need more time, write the new date.',
    action: 'Open the plan',
  },
)
