import type { ModuleKind, ToolName } from '../database/schema.ts'

export type DemoModule = {
  /** Names the module inside the demo. */
  name: string
  kind: ModuleKind
  title: string
  summary: string
  body: string
  link: string | null
  tool?: ToolName
}

/** The modules of MiglioraPA's second phase, over the six phases of a customer-satisfaction pathway. */
export const demoModules: readonly DemoModule[] = [
  {
    name: 'welcome',
    kind: 'webinar',
    title: 'MiglioraPA.IT: percorsi guidati verso la customer satisfaction',
    summary: 'Come funziona il percorso, che cosa serve per cominciare, dove si trova aiuto.',
    body: `In un’ora e mezza si vede l’intero percorso, dall’analisi del servizio alla comunicazione dei risultati.

**Che cosa porterete a casa**

- l’elenco delle sei fasi e di chi vi serve in ciascuna
- un calendario realistico per la vostra amministrazione
- i riferimenti normativi da citare nella determina di avvio (Direttiva 24 marzo 2004; d.lgs. 150/2009, articoli 7, 8 e 19-bis)`,
    link: null,
  },
  {
    name: 'guide',
    kind: 'reading',
    title: 'La cassetta degli attrezzi: guida all’uso',
    summary: 'Quali strumenti ci sono, in quale ordine si usano, quanto tempo chiedono.',
    body: `Gli strumenti seguono le fasi del percorso: ognuno prende quello che è stato deciso nel precedente.

1. **Scelta del servizio**: scheda dei parametri e graduatoria.
2. **Preparazione della rilevazione**: mappa del processo, piano di campionamento, questionario.
3. **Rilevazione**: istruzioni per chi raccoglie le risposte.
4. **Analisi**: foglio dei dati, grafici, matrice importanza/soddisfazione.
5. **Miglioramento**: piano delle azioni.
6. **Comunicazione**: messaggi e canali per restituire i risultati.

Una persona part-time basta per un servizio piccolo; per il primo giro servono in media dodici settimane.`,
    link: null,
  },
  {
    name: 'assessment',
    kind: 'tool',
    tool: 'self_assessment',
    title: 'Autovalutazione: a che punto siamo nell’ascolto',
    summary: 'Dodici affermazioni, dieci minuti: dice da dove conviene cominciare.',
    body: 'Rispondete insieme a un collega, per come è oggi la vostra amministrazione. Il risultato resta a voi e a chi segue il programma.',
    link: null,
  },
  {
    name: 'choice',
    kind: 'tool',
    tool: 'service_choice',
    title: 'Scelta del servizio prioritario',
    summary: 'Si mettono a confronto i servizi e si sceglie quello da cui cominciare.',
    body: 'Elencate da tre a sei servizi a contatto con il pubblico. Per ciascuno considerate utenti, reclami, peso strategico e fattibilità; poi scrivete quale scegliete e perché.',
    link: null,
  },
  {
    name: 'map',
    kind: 'tool',
    tool: 'process_map',
    title: 'Mappa del processo del servizio',
    summary: 'Le fasi viste da chi usa il servizio, con i punti di contatto.',
    body: 'Percorrete il servizio come se foste un cittadino: ogni punto in cui incontra l’amministrazione è un punto in cui la soddisfazione si può misurare.',
    link: null,
  },
  {
    name: 'survey',
    kind: 'virtual_classroom',
    title: 'Impostare l’indagine: campione e questionario',
    summary: 'Esercitazione guidata in piccoli gruppi sul proprio servizio.',
    body: 'Ognuno lavora sul servizio scelto: quante risposte servono, come raggiungere gli utenti, quali domande fare. Portate la mappa del processo.',
    link: null,
  },
  {
    name: 'sampling',
    kind: 'tool',
    tool: 'sampling_plan',
    title: 'Piano di campionamento',
    summary: 'Quante persone intervistare, come e quando.',
    body: 'Con 1.000 utenti, un livello di fiducia del 95% e un margine di errore del 5% servono 278 risposte; con 10.000 ne servono 370. Lo strumento fa il conto con i vostri numeri: a voi resta decidere come raggiungere le persone.',
    link: null,
  },
  {
    name: 'limesurvey',
    kind: 'webinar',
    title: 'Guida pratica all’utilizzo degli strumenti: LimeSurvey',
    summary: 'Dal questionario su carta a quello online, senza programmare.',
    body: 'Dimostrazione completa: creare il questionario, provarlo, pubblicarlo, scaricare le risposte. Chi vuole segue passo passo sul proprio computer.',
    link: 'https://www.limesurvey.org',
  },
  {
    name: 'data',
    kind: 'reading',
    title: 'Leggere i dati: dalle risposte alle priorità',
    summary: 'Medie, distribuzioni, matrice importanza/soddisfazione, e gli errori più comuni.',
    body: `Prima di calcolare, guardate **quanti** hanno risposto e **chi** manca.

- La media da sola inganna: accanto va sempre la distribuzione.
- La matrice mette insieme importanza e soddisfazione: si comincia da ciò che è importante e va male.
- Sotto le dieci risposte per gruppo non si pubblica nulla: le persone si riconoscerebbero.

Le delibere CiVIT 88/2010 e 3/2012 indicano le dimensioni della qualità da tenere presenti.`,
    link: null,
  },
  {
    name: 'report',
    kind: 'assignment',
    title: 'Relazione sulla rilevazione',
    summary: 'Come è stata fatta l’indagine e che cosa dice, in non più di quattro pagine.',
    body: 'Consegnate una relazione con: servizio e periodo, risposte raccolte rispetto a quelle previste, risultati per dimensione, tre punti di forza e tre di debolezza. Allegate il foglio dei dati senza nomi.',
    link: null,
  },
  {
    name: 'plan',
    kind: 'tool',
    tool: 'improvement_plan',
    title: 'Piano di miglioramento',
    summary: 'Le azioni che partono dai punti deboli, con responsabili, tempi e indicatori.',
    body: 'Da tre a cinque azioni. Per ognuna: che cosa cambia per il cittadino, chi la fa, entro quando, con quale indicatore si vedrà il risultato. Chi ha un’azione in scadenza riceve un promemoria.',
    link: null,
  },
  {
    name: 'promotion',
    kind: 'webinar',
    title: 'Indagine di CS: impostare le campagne di promozione e comunicazione dei risultati',
    summary: 'Invitare a rispondere prima, restituire i risultati dopo.',
    body: 'Chi risponde vuole sapere che cosa ne avete fatto. Esempi di messaggi, canali e tempi, per chi ha un ufficio stampa e per chi non ce l’ha.',
    link: null,
  },
  {
    name: 'communication',
    kind: 'tool',
    tool: 'communication_plan',
    title: 'Piano di comunicazione e pagina dei risultati',
    summary: 'A chi dire che cosa, e una pagina pubblica con i risultati.',
    body: 'Prima i colleghi, poi i cittadini, poi la stampa. La pagina dei risultati si pubblica da qui, con le azioni del piano di miglioramento.',
    link: null,
  },
  {
    name: 'seminar',
    kind: 'seminar',
    title: 'Seminario territoriale: esperienze a confronto',
    summary: 'Una mattina in presenza con le amministrazioni della regione.',
    body: 'Prima le esperienze, poi i laboratori sui piani di miglioramento. Portate una domanda e una cosa che ha funzionato.',
    link: null,
  },
  {
    name: 'participation',
    kind: 'reading',
    title: 'Valutazione partecipativa: le linee guida del 2019',
    summary: 'I sette passi per valutare i servizi insieme ai cittadini.',
    body: `Le linee guida n. 4/2019 del Dipartimento della funzione pubblica propongono sette passi: mappare i portatori di interesse; scegliere servizi e modalità; scegliere i cittadini; definire le dimensioni; curare la motivazione; valutare; usare i risultati.

Chi ha già fatto più indagini può affiancarle alla rilevazione classica.`,
    link: 'https://performance.gov.it',
  },
]

export type DemoPathway = {
  name: string
  title: string
  summary: string
  modules: readonly { module: string; section: string; due: number | null; optional?: boolean; requires?: readonly string[] }[]
}

const phases = {
  choose: '1. Scegliere il servizio',
  prepare: '2. Preparare la rilevazione',
  collect: '3. Rilevare',
  analyse: '4. Analizzare i dati',
  improve: '5. Migliorare',
  communicate: '6. Comunicare i risultati',
} as const

/** The three levels of the programme. */
export const demoPathways: readonly DemoPathway[] = [
  {
    name: 'standard',
    title: 'Percorso Standard',
    summary: 'Per chi comincia: tutto pronto, poche persone, nessuna spesa.',
    modules: [
      { module: 'welcome', section: phases.choose, due: 21 },
      { module: 'guide', section: phases.choose, due: 28 },
      { module: 'assessment', section: phases.choose, due: 24, optional: true },
      { module: 'choice', section: phases.choose, due: 35, requires: ['guide'] },
      { module: 'map', section: phases.prepare, due: 45, requires: ['choice'] },
      { module: 'sampling', section: phases.prepare, due: 56, requires: ['choice'] },
      { module: 'limesurvey', section: phases.collect, due: 70 },
      { module: 'data', section: phases.analyse, due: 91 },
      { module: 'report', section: phases.analyse, due: 105, requires: ['sampling', 'data'] },
      { module: 'plan', section: phases.improve, due: 126, requires: ['report'] },
      { module: 'communication', section: phases.communicate, due: 133, requires: ['plan'] },
      { module: 'promotion', section: phases.communicate, due: 140 },
      { module: 'seminar', section: phases.communicate, due: null, optional: true },
    ],
  },
  {
    name: 'expert',
    title: 'Percorso Esperto',
    summary: 'Per chi ha già ascoltato gli utenti almeno una volta e vuole scegliere come farlo.',
    modules: [
      { module: 'welcome', section: phases.choose, due: 21, optional: true },
      { module: 'choice', section: phases.choose, due: 28 },
      { module: 'map', section: phases.prepare, due: 42, requires: ['choice'] },
      { module: 'survey', section: phases.prepare, due: 49 },
      { module: 'sampling', section: phases.prepare, due: 56, requires: ['map'] },
      { module: 'limesurvey', section: phases.collect, due: 70, optional: true },
      { module: 'report', section: phases.analyse, due: 98, requires: ['sampling'] },
      { module: 'plan', section: phases.improve, due: 119, requires: ['report'] },
      { module: 'communication', section: phases.communicate, due: 126, requires: ['plan'] },
      { module: 'promotion', section: phases.communicate, due: 133 },
    ],
  },
  {
    name: 'advanced',
    title: 'Percorso Avanzato',
    summary: 'Per chi rileva con continuità: più servizi, confronto nel tempo, cittadini coinvolti nella valutazione.',
    modules: [
      { module: 'choice', section: phases.choose, due: 21 },
      { module: 'map', section: phases.prepare, due: 35, requires: ['choice'] },
      { module: 'participation', section: phases.prepare, due: 42 },
      { module: 'survey', section: phases.prepare, due: 49, optional: true },
      { module: 'limesurvey', section: phases.collect, due: 70, optional: true },
      { module: 'report', section: phases.analyse, due: 91, requires: ['map', 'participation'] },
      { module: 'plan', section: phases.improve, due: 112, requires: ['report'] },
      { module: 'communication', section: phases.communicate, due: 119, requires: ['plan'] },
      { module: 'promotion', section: phases.communicate, due: 126 },
      { module: 'seminar', section: phases.communicate, due: null, optional: true },
    ],
  },
]
