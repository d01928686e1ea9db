import { dictionary } from '../../../language/language.ts'

export const words = dictionary(
  {
    title: 'Relazione sull’indagine',
    how: 'Come è stata fatta',
    since: (from: string, until: string) => `Risposte raccolte dal ${from} al ${until}.`,
    received: (count: string, ways: string) => `Risposte: ${count}${ways && ` (${ways})`}.`,
    rate: (share: string, reached: string) => `Tasso di risposta: ${share} delle ${reached} persone raggiunte dall’invito.`,
    rateUnknown: 'Il numero di persone raggiunte dall’invito non è indicato: il tasso di risposta non si può calcolare.',
    overall: (mean: string, points: number, low: string, high: string) =>
      `Soddisfazione complessiva: ${mean} su ${points} (intervallo di confidenza al 95%: da ${low} a ${high}).`,
    tooFew: (minimum: string) => `Le risposte sono meno di ${minimum}: i risultati non si mostrano, perché nessuno sia riconoscibile.`,
    weakest: 'Da migliorare per primo, dal più urgente:',
    weakItem: (item: string, satisfaction: string, importance: string) =>
      `${item}: soddisfazione ${satisfaction}, importanza ${importance}`,
    noWeak: 'Nessuna domanda sta tra quelle che contano molto e soddisfano poco.',
    before: (title: string) => `La prima rilevazione è «${title}».`,
    columns: { number: 'numero', day: 'data', source: 'provenienza' },
    sheetQuestions: 'Domande',
    sheetAnswers: 'Risposte',
    legend: { column: 'Colonna', question: 'Domanda', codes: 'Codici' },
  },
  {
    title: 'Report on the survey',
    how: 'How it was done',
    since: (from: string, until: string) => `Answers collected from ${from} to ${until}.`,
    received: (count: string, ways: string) => `Answers: ${count}${ways && ` (${ways})`}.`,
    rate: (share: string, reached: string) => `Response rate: ${share} of the ${reached} people the invitation reached.`,
    rateUnknown: 'How many people the invitation reached is not written: the response rate cannot be worked out.',
    overall: (mean: string, points: number, low: string, high: string) =>
      `Overall satisfaction: ${mean} out of ${points} (95% confidence interval: ${low} to ${high}).`,
    tooFew: (minimum: string) => `There are fewer than ${minimum} answers: results are not shown, so that nobody is recognisable.`,
    weakest: 'To improve first, the most urgent on top:',
    weakItem: (item: string, satisfaction: string, importance: string) => `${item}: satisfaction ${satisfaction}, importance ${importance}`,
    noWeak: 'No question is among those that matter much and satisfy little.',
    before: (title: string) => `The first measurement is “${title}”.`,
    columns: { number: 'number', day: 'date', source: 'source' },
    sheetQuestions: 'Questions',
    sheetAnswers: 'Answers',
    legend: { column: 'Column', question: 'Question', codes: 'Codes' },
  },
)
