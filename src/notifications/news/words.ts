import { dictionary } from '../../language/language.ts'

export const words = dictionary(
  {
    greeting: (name: string) => `Buongiorno ${name},`,
    when: (period: string) => `Quando: ${period}`,
    where: (place: string) => `Dove: ${place}`,
    roomOnline: 'Il collegamento per partecipare è nella pagina dell’incontro.',
    because: 'Il motivo:',
    openSession: 'Apri la pagina dell’incontro',
    why: {
      referent: (administration: string) => `Ricevi questo messaggio perché sei referente di ${administration}.`,
      newReferent:
        'Ricevi questo messaggio perché chi coordina il programma ha registrato questo indirizzo. Se è un errore, faglielo sapere.',
      asked: 'Ricevi questo messaggio perché hai fatto una domanda su Percorsi.',
      follows:
        'Ricevi questo messaggio perché segui questa domanda, o perché è della tua amministrazione. Nella sua pagina puoi cambiare scelta.',
      assigned: 'Ricevi questo messaggio perché la domanda è affidata a te.',
      proposed: 'Ricevi questo messaggio perché hai proposto una risposta per tutti.',
      keeps: 'Ricevi questo messaggio perché ti occupi di questa risposta.',
      registered: 'Ricevi questo messaggio perché c’è una tua iscrizione a questo incontro.',
      waiting: 'Ricevi questo messaggio perché eri in lista d’attesa per questo incontro.',
      invited: 'Ricevi questo messaggio perché tu, o la tua amministrazione, siete invitati a questo incontro.',
      attended: 'Ricevi questo messaggio perché hai partecipato a questo incontro.',
    },
    referent_invited: {
      subject: (administration: string) => `Percorsi: sei referente di ${administration}`,
      says: (administration: string, email: string) => [
        `da oggi sei referente di ${administration} su Percorsi: il posto dove seguire il percorso della tua amministrazione, iscriverti agli incontri, consegnare gli elaborati e fare domande.`,
        `Per entrare non serve una password. Apri la pagina di accesso e scrivi questo indirizzo, ${email}: ti mandiamo un codice di sei cifre, valido dieci minuti.`,
      ],
      action: 'Entra in Percorsi',
    },
    submission_accepted: {
      subject: (module: string) => `Elaborato accettato: ${module}`,
      says: (module: string, administration: string) =>
        `l’elaborato “${module}” di ${administration} è stato accettato e il modulo è completato.`,
      comment: 'Ecco il commento di chi lo ha letto:',
      action: 'Apri il modulo',
    },
    submission_refused: {
      subject: (module: string) => `Elaborato non accettato: ${module}`,
      says: (module: string, administration: string) =>
        `l’elaborato “${module}” di ${administration} non è stato accettato: serve un lavoro nuovo, che potete consegnare dalla pagina del modulo.`,
      comment: 'Ecco perché, con le parole di chi lo ha letto:',
      action: 'Apri il modulo',
    },
    submission_returned: {
      subject: (module: string) => `Elaborato da rivedere: ${module}`,
      says: (module: string, administration: string) =>
        `l’elaborato “${module}” di ${administration} va rivisto. Quando è pronto, consegna una nuova versione dalla pagina del modulo.`,
      comment: 'Ecco che cosa chiede chi lo ha letto:',
      action: 'Apri il modulo',
    },
    pathway_completed: {
      subject: (pathway: string) => `Percorso completato: ${pathway}`,
      says: (pathway: string, administration: string) =>
        `${administration} ha completato tutti i moduli del percorso “${pathway}”. Complimenti a chi ci ha lavorato.`,
      action: 'Apri il percorso',
    },
    enrolment_moved: {
      subject: (pathway: string) => `Il vostro percorso è cambiato: ${pathway}`,
      says: (pathway: string, administration: string) =>
        `${administration} segue ora il percorso “${pathway}”. Tutto quello che avete già fatto resta valido.`,
      action: 'Apri il percorso',
    },
    pathway_request_decided: {
      granted: (pathway: string) => `Richiesta accolta: ${pathway}`,
      refused: (pathway: string) => `Richiesta non accolta: ${pathway}`,
      saysGranted: (pathway: string, administration: string) =>
        `la richiesta di ${administration} è stata accolta: da ora seguite il percorso “${pathway}”. Quello che avete già fatto resta valido.`,
      saysRefused: (pathway: string, administration: string) =>
        `la richiesta di ${administration} di seguire il percorso “${pathway}” non è stata accolta.`,
      comment: 'Ecco la risposta di chi ha deciso:',
      action: 'Apri il percorso',
    },
    recognition_decided: {
      subject: {
        granted: (module: string) => `Richiesta accolta: ${module}`,
        refused: (module: string) => `Richiesta non accolta: ${module}`,
      },
      says: {
        granted: {
          recognised: (module: string, administration: string) =>
            `il lavoro che ${administration} ha già svolto vale per il modulo “${module}”, che ora è completato.`,
          not_relevant: (module: string, administration: string) =>
            `il modulo “${module}” non riguarda ${administration}: non lo dovete più svolgere.`,
        },
        refused: {
          recognised: (module: string, administration: string) =>
            `la richiesta di ${administration} di riconoscere un lavoro già fatto per il modulo “${module}” non è stata accolta.`,
          not_relevant: (module: string, administration: string) =>
            `la richiesta di ${administration} di non svolgere il modulo “${module}” non è stata accolta.`,
        },
      },
      comment: 'Ecco la risposta di chi ha deciso:',
      evidence: 'Su questa base:',
      action: 'Apri il modulo',
    },
    completion_withdrawn: {
      subject: (module: string) => `Modulo da rifare: ${module}`,
      says: (module: string, administration: string) =>
        `il completamento del modulo “${module}” da parte di ${administration} è stato annullato: il modulo è di nuovo da fare.`,
      action: 'Apri il modulo',
    },
    due_extended: {
      subject: (module: string, due: string) => `Nuova scadenza, ${due}: ${module}`,
      says: (module: string, administration: string, due: string) => `${administration} ha tempo fino al ${due} per il modulo “${module}”.`,
      action: 'Apri il modulo',
    },
    question_answered: {
      subject: (subject: string) => `Risposta alla tua domanda: ${subject}`,
      says: (subject: string) => `alla tua domanda “${subject}” c’è una risposta:`,
      action: 'Apri la domanda',
    },
    question_followed: {
      subject: (question: string) => `Nuova risposta: ${question}`,
      says: (question: string) => `c’è una nuova risposta alla domanda “${question}”:`,
    },
    question_assigned: {
      subject: (question: string) => `Una domanda affidata a te: ${question}`,
      says: (question: string) => `la domanda “${question}” è affidata a te:`,
      action: 'Apri la domanda',
    },
    question_reopened: {
      subject: (question: string) => `Domanda riaperta: ${question}`,
      says: (question: string) => `chi aveva chiesto “${question}” ha ancora bisogno di una risposta:`,
      action: 'Apri la domanda',
    },
    question_merged: {
      subject: (question: string) => `La tua domanda continua in un’altra: ${question}`,
      says: (question: string) =>
        `qualcuno aveva già chiesto la stessa cosa. La tua domanda “${question}” è stata unita a quella: da ora segui l’altra.`,
      action: 'Apri la domanda',
    },
    faq_entry_declined: {
      subject: 'Proposta non pubblicata',
      says: 'la risposta che avevi proposto per tutti non è stata pubblicata:',
      action: 'Apri le risposte',
    },
    faq_entry_to_review: {
      subject: 'Una risposta da rileggere',
      says: 'è arrivata la data di rilettura di una risposta che curi. Controlla se è ancora vera, poi confermala o correggila:',
      action: 'Apri la risposta',
    },
    faq_entry_published: {
      subject: 'La tua domanda è ora utile a tutti',
      says: 'dalla tua domanda è nata una risposta pubblicata per tutte le amministrazioni. Il tuo nome non compare.',
      action: 'Leggi la risposta pubblicata',
      subjectProposed: 'La tua proposta è pubblicata',
      saysProposed: 'la risposta che avevi proposto è ora tra quelle per tutti:',
    },
    registered: {
      subject: (title: string) => `Iscrizione confermata: ${title}`,
      says: (title: string) =>
        `la tua iscrizione a “${title}” è confermata. Se il tuo programma di posta lo permette, l’incontro è già nel tuo calendario.`,
    },
    registration_cancelled: {
      subject: (title: string) => `Iscrizione annullata: ${title}`,
      says: (title: string) => `non sei più tra gli iscritti a “${title}”. L’incontro sparisce dal tuo calendario.`,
    },
    session_changed: {
      subject: (title: string) => `Incontro modificato: ${title}`,
      says: (title: string) => `l’incontro “${title}” è cambiato. Questi sono i dati aggiornati, anche per il tuo calendario:`,
    },
    session_cancelled: {
      subject: (title: string) => `Incontro annullato: ${title}`,
      says: (title: string) => `l’incontro “${title}” è stato annullato e sparisce dal tuo calendario.`,
      saysWithout: {
        waiting: (title: string) => `l’incontro “${title}”, per cui eri in lista d’attesa, è stato annullato.`,
        invited: (title: string) => `l’incontro “${title}”, a cui eri invitato, è stato annullato.`,
      },
    },
    session_invited: {
      subject: (title: string) => `Invito: ${title}`,
      says: {
        participant: (title: string, administration: string) => `sei invitato a partecipare a “${title}” per ${administration}.`,
        discussant: (title: string, administration: string) => `sei invitato come discussant a “${title}” per ${administration}.`,
      },
      saysAll: (title: string, administration: string, places: number) =>
        places === 1
          ? `${administration} è invitata a mandare una persona a “${title}”.`
          : `${administration} è invitata a mandare fino a ${places} persone a “${title}”.`,
      discussant: 'Chi interviene come discussant compare con nome e amministrazione nella pagina dell’incontro, per chi partecipa.',
      kept: (moment: string) => `Il posto è tenuto fino al ${moment}: dopo, passa a chi aspetta.`,
      notKept: (moment: string) => `Rispondi entro il ${moment}: i posti vanno a chi accetta per primo.`,
      action: 'Rispondi all’invito',
    },
    invitation_withdrawn: {
      subject: (title: string) => `Invito ritirato: ${title}`,
      says: (title: string) => `l’invito a “${title}” è stato ritirato: non serve più rispondere.`,
    },
  },
  {
    greeting: (name) => `Hello ${name},`,
    when: (period) => `When: ${period}`,
    where: (place) => `Where: ${place}`,
    roomOnline: 'The link to take part is on the page of the session.',
    because: 'The reason:',
    openSession: 'Open the page of the session',
    why: {
      referent: (administration) => `You receive this message because you are a referent of ${administration}.`,
      newReferent:
        'You receive this message because a coordinator of the programme entered this address. If that is a mistake, please tell them.',
      asked: 'You receive this message because you asked a question on Percorsi.',
      follows:
        'You receive this message because you follow this question, or because it is your administration’s. On its page you can change your choice.',
      assigned: 'You receive this message because the question is given to you.',
      proposed: 'You receive this message because you proposed an answer for everybody.',
      keeps: 'You receive this message because you look after this answer.',
      registered: 'You receive this message because there is a registration of yours for this session.',
      waiting: 'You receive this message because you were on the waiting list for this session.',
      invited: 'You receive this message because you, or your administration, are invited to this session.',
      attended: 'You receive this message because you attended this session.',
    },
    referent_invited: {
      subject: (administration) => `Percorsi: you are a referent of ${administration}`,
      says: (administration, email) => [
        `from today you are a referent of ${administration} on Percorsi: the place to follow your administration’s pathway, register for sessions, hand in submissions and ask questions.`,
        `You need no password to enter. Open the sign-in page and type this address, ${email}: we mail you a six-digit code, valid for ten minutes.`,
      ],
      action: 'Enter Percorsi',
    },
    submission_accepted: {
      subject: (module) => `Submission accepted: ${module}`,
      says: (module, administration) => `the submission “${module}” of ${administration} has been accepted, and the module is completed.`,
      comment: 'This is the comment of the reviewer:',
      action: 'Open the module',
    },
    submission_refused: {
      subject: (module) => `Submission not accepted: ${module}`,
      says: (module, administration) =>
        `the submission “${module}” of ${administration} was not accepted: new work is needed, which you can hand in from the page of the module.`,
      comment: 'Here is why, in the words of who has read it:',
      action: 'Open the module',
    },
    submission_returned: {
      subject: (module) => `Submission to revise: ${module}`,
      says: (module, administration) =>
        `the submission “${module}” of ${administration} needs revising. When it is ready, hand in a new version from the page of the module.`,
      comment: 'This is what the reviewer asks for:',
      action: 'Open the module',
    },
    pathway_completed: {
      subject: (pathway) => `Pathway completed: ${pathway}`,
      says: (pathway, administration) =>
        `${administration} has completed all modules of the pathway “${pathway}”. Congratulations to everybody who worked on it.`,
      action: 'Open the pathway',
    },
    enrolment_moved: {
      subject: (pathway) => `Your pathway has changed: ${pathway}`,
      says: (pathway, administration) => `${administration} now follows the pathway “${pathway}”. All that you have done remains valid.`,
      action: 'Open the pathway',
    },
    pathway_request_decided: {
      granted: (pathway) => `Request granted: ${pathway}`,
      refused: (pathway) => `Request not granted: ${pathway}`,
      saysGranted: (pathway, administration) =>
        `the request of ${administration} has been granted: from now on you follow the pathway “${pathway}”. What you have done remains valid.`,
      saysRefused: (pathway, administration) => `the request of ${administration} to follow the pathway “${pathway}” has not been granted.`,
      comment: 'This is the answer of the person who decided:',
      action: 'Open the pathway',
    },
    recognition_decided: {
      subject: {
        granted: (module) => `Request granted: ${module}`,
        refused: (module) => `Request refused: ${module}`,
      },
      says: {
        granted: {
          recognised: (module, administration) =>
            `the work that ${administration} has done already counts for the module “${module}”, which is now completed.`,
          not_relevant: (module, administration) =>
            `the module “${module}” does not concern ${administration}: you do not have to do it any more.`,
        },
        refused: {
          recognised: (module, administration) =>
            `the request of ${administration} to recognise work already done for the module “${module}” has been refused.`,
          not_relevant: (module, administration) => `the request of ${administration} not to do the module “${module}” has been refused.`,
        },
      },
      comment: 'This is the answer of the person who decided:',
      evidence: 'On these grounds:',
      action: 'Open the module',
    },
    completion_withdrawn: {
      subject: (module) => `Module to be done again: ${module}`,
      says: (module, administration) =>
        `the completion of the module “${module}” by ${administration} has been taken back: the module is to be done again.`,
      action: 'Open the module',
    },
    due_extended: {
      subject: (module, due) => `New due date, ${due}: ${module}`,
      says: (module, administration, due) => `${administration} has time until ${due} for the module “${module}”.`,
      action: 'Open the module',
    },
    question_answered: {
      subject: (subject) => `Answer to your question: ${subject}`,
      says: (subject) => `there is an answer to your question “${subject}”:`,
      action: 'Open the question',
    },
    question_followed: {
      subject: (question: string) => `New answer: ${question}`,
      says: (question: string) => `there is a new answer to the question “${question}”:`,
    },
    question_assigned: {
      subject: (question: string) => `A question given to you: ${question}`,
      says: (question: string) => `the question “${question}” is given to you:`,
      action: 'Open the question',
    },
    question_reopened: {
      subject: (question: string) => `Question reopened: ${question}`,
      says: (question: string) => `whoever asked “${question}” still needs an answer:`,
      action: 'Open the question',
    },
    question_merged: {
      subject: (question: string) => `Your question goes on in another: ${question}`,
      says: (question: string) =>
        `somebody had asked the same already. Your question “${question}” has been merged into that one: from now on you follow the other.`,
      action: 'Open the question',
    },
    faq_entry_declined: {
      subject: 'Proposal not published',
      says: 'the answer you proposed for everybody has not been published:',
      action: 'Open the answers',
    },
    faq_entry_to_review: {
      subject: 'An answer to be read again',
      says: 'the review date of an answer you look after has come. Check whether it still holds, then confirm or correct it:',
      action: 'Open the answer',
    },
    faq_entry_published: {
      subject: 'Your question now helps everybody',
      says: 'your question has become an answer published for all administrations. Your name does not appear.',
      action: 'Read the published answer',
      subjectProposed: 'Your proposal has been published',
      saysProposed: 'the answer you proposed is now among those for everybody:',
    },
    registered: {
      subject: (title) => `Registration confirmed: ${title}`,
      says: (title) =>
        `your registration for “${title}” is confirmed. If your mail program allows it, the session is already in your calendar.`,
    },
    registration_cancelled: {
      subject: (title) => `Registration cancelled: ${title}`,
      says: (title) => `you are no longer registered for “${title}”. The session disappears from your calendar.`,
    },
    session_changed: {
      subject: (title) => `Session changed: ${title}`,
      says: (title) => `the session “${title}” has changed. These are the new details, for your calendar too:`,
    },
    session_cancelled: {
      subject: (title) => `Session cancelled: ${title}`,
      says: (title) => `the session “${title}” has been cancelled and disappears from your calendar.`,
      saysWithout: {
        waiting: (title) => `the session “${title}”, for which you were on the waiting list, has been cancelled.`,
        invited: (title) => `the session “${title}”, to which you were invited, has been cancelled.`,
      },
    },
    session_invited: {
      subject: (title) => `Invitation: ${title}`,
      says: {
        participant: (title, administration) => `you are invited to take part in “${title}” for ${administration}.`,
        discussant: (title, administration) => `you are invited as a discussant to “${title}” for ${administration}.`,
      },
      saysAll: (title, administration, places) =>
        places === 1
          ? `${administration} is invited to send one person to “${title}”.`
          : `${administration} is invited to send up to ${places} people to “${title}”.`,
      discussant: 'Discussants appear with name and administration on the page of the session, for those who take part.',
      kept: (moment) => `The place is kept until ${moment}: then it goes to somebody who waits.`,
      notKept: (moment) => `Answer by ${moment}: the places go to those who accept first.`,
      action: 'Answer the invitation',
    },
    invitation_withdrawn: {
      subject: (title) => `Invitation withdrawn: ${title}`,
      says: (title) => `the invitation to “${title}” has been withdrawn: you do not have to answer any more.`,
    },
  },
)
