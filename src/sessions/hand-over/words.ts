import { dictionary } from '../../language/language.ts'
import type { HandOverRefusal } from './rules.ts'

export const words = dictionary(
  {
    title: 'Passaggio di consegne',
    lead: (name: string, administration: string) => `${name} lascia l’incarico di referente di ${administration}; qualcun altro lo prende.`,
    passes: 'Che cosa passa',
    registrations: (count: number) =>
      count === 1
        ? 'L’iscrizione a un incontro che deve ancora svolgersi:'
        : `Le iscrizioni a ${count} incontri che devono ancora svolgersi:`,
    noRegistrations: 'Nessuna iscrizione a incontri futuri.',
    questions: (count: number) =>
      count === 0
        ? 'Nessuna domanda aperta.'
        : count === 1
          ? 'Una domanda ancora aperta: resta all’amministrazione, i referenti ricevono la risposta.'
          : `${count} domande ancora aperte: restano all’amministrazione, i referenti ricevono le risposte.`,
    work: 'Schede, elaborati, avanzamento e attestato dell’amministrazione restano all’amministrazione.',
    privacy: (name: string) =>
      `${name} non vedrà più nulla dell’amministrazione. Ai colleghi il suo nome comparirà come «un referente precedente».`,
    who: 'Chi prende le consegne',
    colleague: 'Un referente di adesso',
    orNew: 'Oppure una persona nuova',
    name: 'Nome e cognome',
    email: 'Indirizzo e-mail',
    emailHelp: 'Riceve un messaggio con le istruzioni per entrare.',
    confirm: 'Passa le consegne',
    done: (count: number) => (count === 0 ? 'Consegne passate.' : `Consegne passate, con ${count} iscrizioni.`),
    refusal: {
      not_found: 'Questo incarico è già terminato.',
      same_person: 'È la stessa persona che lascia.',
      closed: 'Questa amministrazione risulta cessata nel registro nazionale.',
      nobody: 'Scegliere un referente, oppure scrivere nome e indirizzo di una persona nuova.',
    } satisfies Record<HandOverRefusal, string>,
  },
  {
    title: 'Hand-over',
    lead: (name: string, administration: string) => `${name} ceases to be a referent of ${administration}; somebody else takes over.`,
    passes: 'What passes on',
    registrations: (count: number) =>
      count === 1 ? 'The registration for a session to come:' : `The registrations for ${count} sessions to come:`,
    noRegistrations: 'No registrations for sessions to come.',
    questions: (count: number) =>
      count === 0
        ? 'No open questions.'
        : count === 1
          ? 'One open question: it stays with the administration, its referents get the answer.'
          : `${count} open questions: they stay with the administration, its referents get the answers.`,
    work: 'Worksheets, submissions, progress and the certificate of the administration stay with it.',
    privacy: (name: string) =>
      `${name} will see nothing of the administration any more. To colleagues the name will appear as “a former referent”.`,
    who: 'Who takes over',
    colleague: 'A referent of today',
    orNew: 'Or a new person',
    name: 'Name and surname',
    email: 'E-mail address',
    emailHelp: 'They receive a message that says how to sign in.',
    confirm: 'Hand over',
    done: (count: number) => (count === 0 ? 'Handed over.' : `Handed over, with ${count} registrations.`),
    refusal: {
      not_found: 'This appointment has ended already.',
      same_person: 'It is the same person who leaves.',
      closed: 'This administration has left the national register.',
      nobody: 'Choose a referent, or write the name and address of a new person.',
    },
  },
)
