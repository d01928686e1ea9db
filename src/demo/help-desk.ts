export type DemoQuestion = {
  module: string
  subject: string
  body: string
  answer: string | null
  faq?: { question: string; answer: string }
}

/** Questions as offices ask them, with the answers that were given; some became FAQ entries. */
export const demoQuestions: readonly DemoQuestion[] = [
  {
    module: 'sampling',
    subject: 'Quante interviste servono per un servizio piccolo?',
    body: 'Il nostro sportello serve circa 1.000 persone l’anno. Ci bastano 100 questionari?',
    answer:
      'Con 1.000 utenti, 100 risposte danno un margine di errore del 9% circa. Per stare al 5% ne servono 278. Se non ci arrivate, dichiaratelo nella relazione: un campione più piccolo ma descritto bene vale più di uno grande raccolto a caso.',
    faq: {
      question: 'Quante risposte servono per un servizio con circa 1.000 utenti?',
      answer:
        'Per un margine di errore del **5%** con fiducia del 95% servono **278** risposte; con 100 risposte il margine sale a circa il 9%. Se il numero è più basso va dichiarato nella relazione.',
    },
  },
  {
    module: 'choice',
    subject: 'Possiamo scegliere un servizio interno?',
    body: 'Vorremmo cominciare dall’ufficio personale, i cui utenti sono i colleghi. È ammesso?',
    answer:
      'Sì. I servizi interni sono una delle famiglie previste: il questionario è più breve e si distribuisce dalla intranet. Attenzione all’anonimato quando gli uffici sono piccoli.',
    faq: {
      question: 'Si può scegliere un servizio interno, rivolto ai dipendenti?',
      answer:
        'Sì: i **servizi interni** sono una delle famiglie previste, con un questionario proprio. Negli uffici piccoli non pubblicate risultati per gruppi con meno di dieci risposte.',
    },
  },
  {
    module: 'limesurvey',
    subject: 'Serve un server per il questionario online?',
    body: 'Non abbiamo un tecnico. Per usare LimeSurvey dobbiamo installarlo noi?',
    answer:
      'No, potete usare un’installazione già pronta oppure raccogliere le risposte su carta e ricopiarle. Nel webinar mostriamo entrambe le strade.',
    faq: {
      question: 'Per il questionario online serve un server proprio?',
      answer: 'No. Si può usare un’installazione già pronta, oppure raccogliere le risposte su carta e ricopiarle nel foglio dei dati.',
    },
  },
  {
    module: 'report',
    subject: 'Dobbiamo allegare i questionari compilati?',
    body: 'Per la relazione dobbiamo consegnare anche i questionari di carta scansionati?',
    answer:
      'No, e per favore non fatelo: basta il foglio dei dati senza nomi. I questionari restano da voi per il tempo indicato nell’informativa.',
    faq: {
      question: 'Alla relazione vanno allegati i questionari compilati?',
      answer:
        'No. Basta il **foglio dei dati senza nomi**; i questionari restano all’amministrazione per il tempo indicato nell’informativa privacy.',
    },
  },
  {
    module: 'plan',
    subject: 'Quante azioni mettere nel piano',
    body: 'Abbiamo individuato undici azioni. Sono troppe?',
    answer: 'Meglio da tre a cinque, con un responsabile e una data ciascuna. Le altre tenetele in un elenco per il prossimo giro.',
    faq: {
      question: 'Quante azioni deve avere il piano di miglioramento?',
      answer:
        'Da **tre a cinque**, ognuna con responsabile, scadenza e indicatore. Le altre idee si conservano per la rilevazione successiva.',
    },
  },
  {
    module: 'promotion',
    subject: 'Come dire ai cittadini che i risultati sono cattivi',
    body: 'I tempi di attesa hanno avuto un voto molto basso. Pubblichiamo lo stesso?',
    answer:
      'Sì, insieme a ciò che farete e a quando. Un risultato difficile pubblicato con un impegno chiaro aumenta la fiducia più di un silenzio.',
    faq: {
      question: 'Si pubblicano anche i risultati negativi?',
      answer: 'Sì, **insieme alle azioni** che li affrontano e alla data in cui si misurerà di nuovo.',
    },
  },
  {
    module: 'welcome',
    subject: 'Se non possiamo seguire il webinar?',
    body: 'Il giorno del webinar siamo allo sportello. Si ripete?',
    answer:
      'Sì, ogni webinar ha almeno una replica: le date sono nel calendario. Perché il modulo risulti completato basta che un referente ne segua uno.',
    faq: {
      question: 'Chi perde un webinar può recuperarlo?',
      answer:
        'Sì, ogni webinar ha **almeno una replica**: le date sono nel calendario. Per completare il modulo basta che un referente ne segua uno.',
    },
  },
  {
    module: 'map',
    subject: 'Fino a che dettaglio arrivare nella mappa',
    body: 'La mappa del nostro processo ha già sessanta attività. Quando ci fermiamo?',
    answer:
      'Quando ogni riga è qualcosa che il cittadino vede o aspetta. Le attività solo interne si raggruppano: di solito bastano da sei a dieci fasi.',
  },
  {
    module: 'sampling',
    subject: 'Gli utenti che non parlano italiano',
    body: 'Un terzo dei nostri utenti non parla bene italiano. Come li includiamo nel campione?',
    answer: null,
  },
  {
    module: 'survey',
    subject: 'Aula virtuale: quante persone per amministrazione?',
    body: 'Possiamo iscrivere tre colleghi alla stessa aula virtuale?',
    answer: null,
  },
]
