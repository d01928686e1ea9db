import { dictionary } from '../../language/language.ts'
import type { Area, Degree } from './score.ts'

export const words = dictionary(
  {
    title: 'Autovalutazione della maturità',
    purpose:
      'A che punto è la vostra amministrazione nell’ascolto degli utenti: dodici affermazioni, dieci minuti. Rispondete per come è oggi, non per come vorreste.',
    areas: {
      choice: 'Scegliere',
      preparation: 'Preparare',
      survey: 'Rilevare',
      analysis: 'Analizzare',
      improvement: 'Migliorare',
      communication: 'Comunicare',
    } satisfies Record<Area, string>,
    statements: {
      choice: [
        'I servizi su cui ascoltare gli utenti si scelgono con criteri scritti',
        'La direzione usa i giudizi degli utenti quando decide',
      ],
      preparation: ['Sappiamo quante persone usano il servizio e come', 'Il questionario si prova con qualche utente prima di usarlo'],
      survey: ['Ascoltiamo gli utenti almeno una volta l’anno', 'Raccogliamo le risposte in più modi, anche da chi non è online'],
      analysis: ['Guardiamo quanti hanno risposto e il margine di errore', 'Confrontiamo i risultati nel tempo o tra sedi'],
      improvement: [
        'Da ogni rilevazione nasce un piano con responsabili e scadenze',
        'Misuriamo di nuovo per vedere se le azioni hanno funzionato',
      ],
      communication: [
        'I risultati si pubblicano, anche quelli negativi',
        'Diciamo ai cittadini che cosa è cambiato grazie alle loro risposte',
      ],
    } satisfies Record<Area, readonly [string, string]>,
    degrees: { never: 'Mai', sometimes: 'Qualche volta', often: 'Spesso', always: 'Sempre' } satisfies Record<Degree, string>,
    note: 'Osservazioni',
    noteHelp: 'Che cosa vi ha aiutato o frenato; resta a voi.',
    result: (level: string, score: number) => `La vostra maturità: ${level} (${score} punti su 100).`,
    byArea: 'Punti per fase, da 0 a 100',
    area: 'Fase',
    points: 'Punti',
    weakest: (names: string) => `Da qui conviene cominciare: ${names}.`,
    used: 'Questo risultato è una caratteristica della vostra amministrazione: le regole dei percorsi possono tenerne conto.',
    open: 'Le caratteristiche della vostra amministrazione',
  },
  {
    title: 'Self-assessment of maturity',
    purpose:
      'How far your administration is in listening to its users: twelve statements, ten minutes. Answer as it is today, not as you would like it to be.',
    areas: {
      choice: 'Choosing',
      preparation: 'Preparing',
      survey: 'Surveying',
      analysis: 'Analysing',
      improvement: 'Improving',
      communication: 'Communicating',
    },
    statements: {
      choice: [
        'The services about which users are heard are chosen by written criteria',
        'The management uses the judgements of users when it decides',
      ],
      preparation: ['We know how many people use the service and how', 'The questionnaire is tried with some users before it is used'],
      survey: ['We hear our users at least once a year', 'We collect answers in several ways, also from those who are not online'],
      analysis: ['We look at how many have answered and at the margin of error', 'We compare results over time or between offices'],
      improvement: [
        'Every survey leads to a plan with people in charge and due dates',
        'We measure again to see whether actions have worked',
      ],
      communication: ['Results are published, the bad ones too', 'We tell citizens what has changed thanks to their answers'],
    },
    degrees: { never: 'Never', sometimes: 'Sometimes', often: 'Often', always: 'Always' },
    note: 'Remarks',
    noteHelp: 'What has helped or held you back; it stays with you.',
    result: (level: string, score: number) => `Your maturity: ${level} (${score} points out of 100).`,
    byArea: 'Points by phase, from 0 to 100',
    area: 'Phase',
    points: 'Points',
    weakest: (names: string) => `It is best to begin here: ${names}.`,
    used: 'This result is a characteristic of your administration: the rules of the pathways can take it into account.',
    open: 'The characteristics of your administration',
  },
)
