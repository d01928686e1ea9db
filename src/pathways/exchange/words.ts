import { dictionary, type Language } from '../../language/language.ts'
import { words as fieldWords } from '../../web/words.ts'
import { words as definitionWords } from '../definition/words.ts'
import { words as intakeWords } from '../intake/words.ts'
import { words as ruleWords } from '../rules/words.ts'
import type { FileRefusal, Problem, ReferenceRefusal, Refusal, ShapeRefusal } from './rules.ts'
import type { ShiftedDay } from './shift.ts'

type OwnRefusal =
  | FileRefusal
  | ReferenceRefusal
  | Exclude<ShapeRefusal, 'required' | 'too_long' | 'link' | 'date' | 'too_big' | 'too_small'>

export const words = dictionary(
  {
    importTitle: 'Importa un programma',
    importIntro:
      'Scegli il file di un programma, scaricato da qui o da un’altra installazione con «Esporta». Ne nasce un programma nuovo, in bozza: moduli, percorsi, domande iniziali e regole, che potrai controllare prima di pubblicare. Incontri, adesioni e avanzamenti non sono nel file.',
    file: 'File del programma',
    fileHelp: 'Un file .json di al massimo 5 MB.',
    importButton: 'Importa',
    imported: (title: string) =>
      `Il programma «${title}» è importato, in bozza. Anche le sue regole sono in bozza: controllale prima di pubblicare.`,
    notImported: 'Il file non si può importare: nulla è stato salvato.',
    problems: 'Che cosa correggere nel file',
    moreProblems: (count: string) => `E altri ${count} problemi.`,
    wholeFile: 'Tutto il file',

    cloneTitle: 'Clona il programma',
    cloneIntro:
      'Crea una copia in bozza: moduli, percorsi, domande iniziali e regole, con tutte le date spostate insieme al primo giorno. Anche le regole della copia sono in bozza. Adesioni e avanzamenti restano nel programma di partenza.',
    noSessions: 'Gli incontri pubblicati non si clonano: il calendario della copia comincia vuoto.',
    title: 'Titolo',
    copyOf: (title: string) => `${title} (copia)`,
    startsOn: 'Nuovo primo giorno',
    cloneButton: 'Clona',
    previewButton: 'Mostra le date',
    cloned: (title: string) => `Il programma «${title}» è creato, in bozza. Controlla date e regole prima di pubblicarlo.`,
    notCloned: 'Il programma non si può clonare così: nulla è stato salvato.',
    dates: 'Come si spostano le date',
    shift: (days: number, shown: string) =>
      days === 0
        ? 'Le date restano le stesse.'
        : Math.abs(days) === 1
          ? `Tutte le date si spostano di un giorno ${days > 0 ? 'in avanti' : 'indietro'}.`
          : `Tutte le date si spostano di ${shown} giorni ${days > 0 ? 'in avanti' : 'indietro'}.`,
    day: 'Data',
    before: 'Prima',
    after: 'Dopo',
    days: {
      startsOn: 'Primo giorno',
      endsOn: 'Ultimo giorno',
      notBefore: 'Si apre',
      dueOn: 'Scade',
    } satisfies Record<ShiftedDay['of'], string>,

    /** Parts of the file by their names in it. */
    parts: {
      programme: 'programma',
      modules: 'modulo',
      pathways: 'percorso',
      intake: 'domanda',
      rules: 'regola',
      additions: 'aggiunta',
      sections: 'fase',
      tool: 'strumento',
      rubric: 'criterio di valutazione',
      worksheet: 'campo',
      options: 'risposta',
      requires: 'precedenza',
      key: 'chiave',
      kind: 'tipo',
      title: 'titolo',
      summary: 'presentazione',
      body: 'testo',
      link: 'collegamento',
      startsOn: 'primo giorno',
      endsOn: 'ultimo giorno',
      certificatePercent: 'soglia dell’attestato',
      recognitionMonths: 'mesi per il riconoscimento',
      due: 'scadenza',
      notBefore: 'apertura',
      condition: 'condizione',
      label: 'etichetta',
      help: 'aiuto',
      name: 'nome breve',
      module: 'modulo indicato',
      pathway: 'percorso indicato',
      section: 'fase',
      needed: 'moduli necessari',
    } as Record<string, string>,
    refusal: {
      empty: 'Il file è vuoto.',
      too_large: 'Il file supera 5 MB.',
      encoding: 'Il file non è scritto in UTF-8. Salvalo di nuovo con la codifica UTF-8.',
      not_json: 'Il file non è in formato JSON, oppure è tagliato a metà.',
      too_deep: 'Il file ha troppi livelli uno dentro l’altro.',
      forbidden_key: 'Il file contiene il nome «__proto__», che non è ammesso.',
      not_a_programme: 'Il file non contiene un programma esportato da qui.',
      newer_format: 'Il file viene da una versione più recente: prima di importarlo serve un aggiornamento.',
      missing: 'Manca.',
      wrong_form: 'Non è scritto come serve qui.',
      unknown_key: 'Questo nome non è previsto.',
      too_many: 'Sono troppi.',
      key_form: 'Una chiave ha solo lettere minuscole, cifre e trattini, al massimo 40.',
      choice: 'Non è uno dei valori ammessi.',
      key_twice: 'Questa chiave è usata due volte.',
      unknown_module: 'Nel file non c’è un modulo con questa chiave.',
      unknown_pathway: 'Nel file non c’è un percorso con questa chiave.',
      rubric_needless: 'Solo gli elaborati hanno criteri di valutazione.',
      rubric_twice: 'Questo criterio c’è già.',
      tool_needless: 'Solo i moduli di tipo strumento dicono quale strumento sono.',
      worksheet_needless: 'Solo gli strumenti hanno una scheda di lavoro.',
      worksheet_form: 'Nelle etichette della scheda non ci vanno barre verticali né righe a capo.',
      section_twice: 'Questa fase è indicata due volte.',
      met_by_count: 'Il numero di referenti serve solo con «at_least».',
      requires_twice: 'Lo stesso modulo è indicato due volte.',
      options_needless: 'Solo le domande a scelta hanno risposte possibili.',
      options_form: 'Nelle risposte possibili non ci vanno righe a capo, e nei loro nomi nemmeno barre verticali.',
    } satisfies Record<OwnRefusal, string>,
  },
  {
    importTitle: 'Import a programme',
    importIntro:
      'Choose the file of a programme, downloaded here or from another installation with “Export”. It becomes a new programme, a draft: modules, pathways, intake questions and rules, which you can check before publishing. Sessions, enrolments and progress are not in the file.',
    file: 'File of the programme',
    fileHelp: 'A .json file of 5 MB at most.',
    importButton: 'Import',
    imported: (title: string) =>
      `The programme “${title}” has been imported as a draft. Its rules are a draft too: check them before publishing.`,
    notImported: 'The file cannot be imported: nothing has been saved.',
    problems: 'What to correct in the file',
    moreProblems: (count: string) => `And ${count} more problems.`,
    wholeFile: 'Whole file',

    cloneTitle: 'Clone the programme',
    cloneIntro:
      'Makes a copy as a draft: modules, pathways, intake questions and rules, with all dates moved together with the first day. The rules of the copy are a draft too. Enrolments and progress stay with the programme you start from.',
    noSessions: 'Published sessions are not cloned: the calendar of the copy starts empty.',
    title: 'Title',
    copyOf: (title: string) => `${title} (copy)`,
    startsOn: 'New first day',
    cloneButton: 'Clone',
    previewButton: 'Show the dates',
    cloned: (title: string) => `The programme “${title}” has been created as a draft. Check dates and rules before publishing it.`,
    notCloned: 'The programme cannot be cloned like this: nothing has been saved.',
    dates: 'How the dates move',
    shift: (days: number, shown: string) =>
      days === 0
        ? 'The dates stay the same.'
        : Math.abs(days) === 1
          ? `All dates move ${days > 0 ? 'forward' : 'back'} by one day.`
          : `All dates move ${days > 0 ? 'forward' : 'back'} by ${shown} days.`,
    day: 'Date',
    before: 'Before',
    after: 'After',
    days: { startsOn: 'First day', endsOn: 'Last day', notBefore: 'Opens', dueOn: 'Due' },

    parts: {
      programme: 'programme',
      modules: 'module',
      pathways: 'pathway',
      intake: 'question',
      rules: 'rule',
      additions: 'addition',
      sections: 'phase',
      tool: 'tool',
      rubric: 'criterion of review',
      worksheet: 'field',
      options: 'answer',
      requires: 'prerequisite',
      key: 'key',
      kind: 'kind',
      title: 'title',
      summary: 'introduction',
      body: 'text',
      link: 'link',
      startsOn: 'first day',
      endsOn: 'last day',
      certificatePercent: 'certificate threshold',
      recognitionMonths: 'months for recognition',
      due: 'due date',
      notBefore: 'opening',
      condition: 'condition',
      label: 'label',
      help: 'help',
      name: 'short name',
      module: 'module named',
      pathway: 'pathway named',
      section: 'phase',
      needed: 'modules needed',
    },
    refusal: {
      empty: 'The file is empty.',
      too_large: 'The file is larger than 5 MB.',
      encoding: 'The file is not written in UTF-8. Save it again as UTF-8.',
      not_json: 'The file is not JSON, or it was cut off.',
      too_deep: 'The file has too many levels inside each other.',
      forbidden_key: 'The file contains the name “__proto__”, which is not allowed.',
      not_a_programme: 'The file does not hold a programme exported from here.',
      newer_format: 'The file comes from a newer version: an update is needed before it can be imported.',
      missing: 'It is missing.',
      wrong_form: 'It is not written as needed here.',
      unknown_key: 'This name is not expected.',
      too_many: 'There are too many.',
      key_form: 'A key has only lower-case letters, digits and hyphens, 40 at most.',
      choice: 'It is not one of the values allowed.',
      key_twice: 'This key is used twice.',
      unknown_module: 'There is no module with this key in the file.',
      unknown_pathway: 'There is no pathway with this key in the file.',
      rubric_needless: 'Only assignments have criteria of review.',
      rubric_twice: 'This criterion is there already.',
      tool_needless: 'Only modules of kind tool say which tool they are.',
      worksheet_needless: 'Only tools have a worksheet.',
      worksheet_form: 'Labels of a worksheet have no vertical bars and no line breaks.',
      section_twice: 'This phase is named twice.',
      met_by_count: 'The number of referents goes with “at_least” only.',
      requires_twice: 'The same module is named twice.',
      options_needless: 'Only choice questions have possible answers.',
      options_form: 'Possible answers have no line breaks, and their names no vertical bars.',
    },
  },
)

/** "Percorso 2, modulo 3: Nel file non c’è…", with what stands there where that helps. */
export function problemInWords({ path, refusal, named }: Problem, language: Language): string {
  const t = words[language]
  const place = placeInWords(path, language)
  const what = named === undefined ? '' : ` (${ruleWords[language].quoted(named.slice(0, 80))})`
  return `${place === '' ? t.wholeFile : place[0]?.toUpperCase() + place.slice(1)}${what}: ${sentences(language)[refusal]}`
}

function placeInWords(path: Problem['path'], language: Language): string {
  const name = (part: string | number) =>
    Object.hasOwn(words[language].parts, part) ? words[language].parts[part] : ruleWords[language].quoted(`${part}`)
  return path
    .flatMap((part, index) => {
      if (typeof part === 'number') return []
      const number = path[index + 1]
      return [typeof number === 'number' ? `${name(part)} ${number + 1}` : name(part)]
    })
    .join(', ')
}

const sentences = (language: Language): Record<Refusal, string> => ({
  ...fieldWords[language].error,
  ...definitionWords[language].refusal,
  ...definitionWords[language].timing,
  ...definitionWords[language].sectionRefusal,
  ...ruleWords[language].refusal,
  ...intakeWords[language].refusal,
  ...words[language].refusal,
})
