import { dictionary } from '../../language/language.ts'

export const words = dictionary(
  {
    accessibility: {
      title: 'Dichiarazione di accessibilità',
      body: `Percorsi vuole essere usabile da tutti, con qualunque dispositivo e tecnologia assistiva, secondo la legge 9 gennaio 2004, n. 4 e la direttiva (UE) 2016/2102.

### Stato di conformità

Il sito è costruito per rispettare le WCAG 2.2, livello AA. Le pagine principali sono verificate con uno strumento automatico (axe) a ogni modifica; la verifica con utenti e con più lettori di schermo è ancora da fare, perciò il sito si dichiara **parzialmente conforme**.

### Che cosa facciamo

- ogni pagina si usa con la sola tastiera e anche senza JavaScript
- titoli, etichette, errori e stati sono scritti in parole, mai solo con il colore
- le pagine si leggono a 320 pixel di larghezza e con ingrandimento al 200%

### Segnalazioni

Se qualcosa non si lascia usare, [scrivicelo](/feedback): rispondiamo entro trenta giorni. Se la risposta non basta, ci si può rivolgere al Difensore civico per il digitale presso AgID.`,
    },
    privacy: {
      title: 'Informativa privacy',
      body: `Questa pagina dice quali dati personali tratta Percorsi e perché (articolo 13 del regolamento (UE) 2016/679).

### Chi tratta i dati

Titolare del trattamento è l’amministrazione che gestisce il programma. Per sapere quali dati ti riguardano, correggerli o cancellarli, [scrivi al coordinamento](/feedback).

### Quali dati e perché

- **Nome e indirizzo e-mail di lavoro** di referenti, docenti e coordinatori: per invitarli, farli entrare e scrivere loro.
- **Iscrizioni e presenze agli incontri**, con orari di ingresso e uscita: per riconoscere i moduli e rendicontare la partecipazione.
- **Domande, elaborati e quanto scritto negli strumenti**: per il lavoro dell’amministrazione a cui appartengono.
- **Storia delle operazioni**: per poter spiegare ogni dato e ogni cifra.

### Chi li vede

I referenti vedono solo la propria amministrazione; docenti e coordinatori solo le regioni affidate. Nelle pagine pubbliche non compaiono nomi di persone.

### Cookie

Solo cookie tecnici: per restare dentro il sito, per la lingua e per il messaggio dopo un’operazione. Nessun tracciamento, nessuna richiesta ad altri siti.`,
    },
    feedback: {
      title: 'Segnala un problema',
      intro: 'Qualcosa non funziona, non si capisce o non si lascia usare? Scrivilo qui: arriva ai coordinatori del programma.',
      message: 'Che cosa è successo',
      messageHelp: 'Su quale pagina eri e che cosa ti aspettavi.',
      email: 'E-mail per la risposta',
      send: 'Invia la segnalazione',
      sent: 'Segnalazione inviata. Grazie.',
      tooMany: 'In questo momento arrivano troppe segnalazioni: riprova tra dieci minuti.',
      subject: 'Segnalazione da Percorsi',
      from: (email: string) => `Risposta a: ${email || 'non indicata'}`,
    },
  },
  {
    accessibility: {
      title: 'Accessibility statement',
      body: `Percorsi wants to be usable by everybody, with any device and assistive technology, following Italian law no. 4 of 9 January 2004 and Directive (EU) 2016/2102.

### State of conformance

The site is built to meet WCAG 2.2, level AA. The main pages are checked by an automatic tool (axe) at every change; checks with people and with several screen readers are still to be done, so the site declares itself **partially conformant**.

### What we do

- every page works with the keyboard alone and without JavaScript
- titles, labels, errors and states are written in words, never by colour alone
- pages can be read at a width of 320 pixels and at 200% zoom

### Reports

If something can't be used, [write to us](/feedback): we answer within thirty days. If the answer is not enough, the Digital Ombudsman at AgID can be addressed.`,
    },
    privacy: {
      title: 'Privacy notice',
      body: `This page says which personal data Percorsi processes and why (article 13 of Regulation (EU) 2016/679).

### Who processes the data

The controller is the administration that runs the programme. To know which data concern you, to correct or erase them, [write to the coordinators](/feedback).

### Which data, and why

- **Name and work e-mail address** of referents, trainers and coordinators: to invite them, let them in and write to them.
- **Registrations and attendance**, with times of joining and leaving: to recognise modules and report participation.
- **Questions, submissions and what is written in the tools**: for the work of the administration they belong to.
- **History of operations**: to be able to explain every fact and figure.

### Who sees them

Referents see their own administration only; trainers and coordinators the regions entrusted to them. Public pages show no person's name.

### Cookies

Technical cookies only: to stay signed in, for the language, and for the message after an operation. No tracking, no request to other sites.`,
    },
    feedback: {
      title: 'Report a problem',
      intro: 'Does something not work, is it unclear or unusable? Write it here: it reaches the coordinators of the programme.',
      message: 'What happened',
      messageHelp: 'On which page you were and what you expected.',
      email: 'E-mail for the answer',
      send: 'Send the report',
      sent: 'Report sent. Thank you.',
      tooMany: 'Too many reports are arriving right now: try again in ten minutes.',
      subject: 'Report from Percorsi',
      from: (email: string) => `Reply to: ${email || 'not given'}`,
    },
  },
)
