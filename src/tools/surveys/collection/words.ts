import { dictionary } from '../../../language/language.ts'
import type { AnswerProblem } from '../questionnaire/read.ts'
import type { AnswerRefusal } from '../rules.ts'

export const words = dictionary(
  {
    otherLanguage: 'English',
    skip: 'Vai alle domande',
    languages: 'Lingua',
    send: 'Invia le risposte',
    problems: (count: number) => (count === 1 ? 'C’è una risposta da correggere.' : `Ci sono ${count} risposte da correggere.`),
    nothing: 'Risponda almeno a una domanda.',
    oldForm:
      'Questa pagina era rimasta aperta a lungo o non è completa. Le Sue risposte sono qui sotto: prema di nuovo «Invia le risposte».',
    problem: {
      off_scale: 'Scelga uno dei numeri della scala.',
      no_such_choice: 'Scelga una delle risposte proposte.',
      too_long: 'Il testo è troppo lungo: al massimo 2.000 caratteri.',
      twice: 'È arrivata più di una risposta: ne scelga una.',
    } satisfies Record<AnswerProblem, string>,
    thanksTitle: 'Grazie, le risposte sono arrivate',
    thanks: 'Le risposte sono anonime e servono a migliorare il servizio. Può chiudere questa pagina.',
    another: 'Un’altra persona vuole rispondere da questo apparecchio',
    closedTitle: 'La raccolta è chiusa',
    closed: {
      not_open: 'Il questionario non è ancora aperto.',
      closed: 'L’amministrazione ha chiuso la raccolta delle risposte. Grazie per l’interesse.',
      ended: 'La raccolta è terminata. Grazie per l’interesse.',
      full: 'È stato raggiunto il numero di risposte previsto. Grazie per l’interesse.',
    } satisfies Record<AnswerRefusal, string>,
    busyTitle: 'Un momento: sono arrivate molte risposte',
    busy: (seconds: number) =>
      seconds > 3600
        ? 'Dalla Sua rete sono già arrivate oggi moltissime risposte a questo questionario. Per evitare invii automatici ne riprendiamo domani; può anche chiedere il questionario su carta.'
        : `Dalla Sua rete sono arrivate molte risposte in poco tempo. Può capitare in un ufficio, dove tutti escono dalla stessa rete: aspetti ${seconds === 1 ? 'un secondo' : `${seconds} secondi`} e prema di nuovo. Le Sue risposte sono ancora qui.`,
    sendAgain: 'Invia di nuovo',
    tooLargeTitle: 'Invio troppo grande',
    tooLarge: 'Quello che è stato inviato è troppo grande per essere un questionario. Torni indietro e accorci i testi.',
    by: (administration: string) => `Indagine di ${administration}`,
  },
  {
    otherLanguage: 'Italiano',
    skip: 'Skip to the questions',
    languages: 'Language',
    send: 'Send the answers',
    problems: (count: number) => (count === 1 ? 'One answer needs correcting.' : `${count} answers need correcting.`),
    nothing: 'Please answer at least one question.',
    oldForm: 'This page had been open for long or is incomplete. Your answers are below: press “Send the answers” again.',
    problem: {
      off_scale: 'Choose one of the numbers of the scale.',
      no_such_choice: 'Choose one of the answers offered.',
      too_long: 'The text is too long: at most 2,000 characters.',
      twice: 'More than one answer arrived: choose one.',
    },
    thanksTitle: 'Thank you, your answers have arrived',
    thanks: 'The answers are anonymous and help to improve the service. You can close this page.',
    another: 'Another person wants to answer on this device',
    closedTitle: 'The collection is closed',
    closed: {
      not_open: 'The questionnaire is not open yet.',
      closed: 'The administration has closed the collection of answers. Thank you for your interest.',
      ended: 'The collection has ended. Thank you for your interest.',
      full: 'The number of answers planned has been reached. Thank you for your interest.',
    },
    busyTitle: 'One moment: many answers have arrived',
    busy: (seconds: number) =>
      seconds > 3600
        ? 'A great many answers to this questionnaire have already come from your network today. To keep out automatic sending we take more tomorrow; you can also ask for the questionnaire on paper.'
        : `Many answers have come from your network in a short time. It happens in offices, where all share one network: wait ${seconds === 1 ? 'a second' : `${seconds} seconds`} and press again. Your answers are still here.`,
    sendAgain: 'Send again',
    tooLargeTitle: 'Too large',
    tooLarge: 'What was sent is too large to be a questionnaire. Go back and shorten the texts.',
    by: (administration: string) => `Survey of ${administration}`,
  },
)
