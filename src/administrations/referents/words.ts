import { dictionary, type Language } from '../../language/language.ts'
import { registerReason } from '../register/words.ts'
import type { ReferentRefusal, ReferentRowReason } from './read.ts'
import type { InviteRefusal } from './rules.ts'

export const words = dictionary(
  {
    referents: 'Referenti',
    none: 'Ancora nessun referente.',
    noneInvite: 'Ancora nessun referente: invita la prima persona qui sotto.',
    since: (day: string) => `dal ${day}`,
    handOver: 'Passa le consegne',
    handOverOf: (name: string) => `Passa le consegne di ${name}`,
    former: 'un referente precedente',
    end: 'Termina incarico',
    endOf: (name: string) => `Termina incarico di ${name}`,
    ended: (name: string) => `${name} non è più referente. Ciò che ha fatto resta.`,
    endedAlready: 'Questo incarico era già terminato.',
    invite: 'Invita un referente',
    name: 'Nome e cognome',
    email: 'E-mail di lavoro',
    emailHelp: 'Con questo indirizzo la persona potrà accedere.',
    send: 'Invita',
    invited: (name: string, administration: string) => `${name} è referente di ${administration}.`,
    refusal: {
      not_found: 'L’amministrazione non esiste.',
      closed: 'L’amministrazione è uscita dal registro: non si possono invitare referenti.',
      already_referent: 'Questa persona è già referente di questa amministrazione.',
    } satisfies Record<InviteRefusal, string>,
    import: {
      title: 'Importa referenti',
      administrations: 'Amministrazioni',
      intro: 'Carica un elenco CSV con nome, e-mail e codice IPA dell’amministrazione. Prima di invitare qualcuno vedrai che cosa succede.',
      columns: 'Le intestazioni possono essere: nome (ed eventualmente cognome), email, codice_ipa.',
      file: 'Elenco dei referenti',
      check: 'Controlla l’elenco',
      previewTitle: 'Controllo dell’elenco',
      previewLead: 'Nessuno è stato ancora invitato.',
      nothing: 'In questo elenco non c’è nessuno da invitare.',
      figures: {
        read: (count: number) => (count === 1 ? 'riga letta' : 'righe lette'),
        created: () => 'da invitare',
        unchanged: (count: number) => (count === 1 ? 'già referente' : 'già referenti'),
        refused: (count: number) => (count === 1 ? 'non importabile' : 'non importabili'),
      },
      confirm: (count: string) => `Invita ${count} referenti`,
      confirmOne: 'Invita 1 referente',
      another: 'Carica un altro elenco',
      toInvite: 'Chi viene invitato',
      refusedRows: 'Righe non importate',
      line: 'Riga',
      administration: 'Amministrazione',
      reason: 'Perché',
      done: (created: string, unchanged: string, refused: string) =>
        `Referenti invitati: ${created}. Già presenti: ${unchanged}. Righe non importate: ${refused}.`,
      gone: 'Questo elenco è già stato importato, oppure è passato troppo tempo: caricalo di nuovo.',
    },
  },
  {
    referents: 'Referents',
    none: 'No referent yet.',
    noneInvite: 'No referent yet: invite the first person below.',
    since: (day: string) => `since ${day}`,
    handOver: 'Hand over',
    handOverOf: (name: string) => `Hand over for ${name}`,
    former: 'a former referent',
    end: 'End the appointment',
    endOf: (name: string) => `End the appointment of ${name}`,
    ended: (name: string) => `${name} is no longer a referent. What they did stays.`,
    endedAlready: 'This appointment had ended already.',
    invite: 'Invite a referent',
    name: 'Name',
    email: 'Work e-mail',
    emailHelp: 'The person will sign in with this address.',
    send: 'Invite',
    invited: (name: string, administration: string) => `${name} is a referent of ${administration}.`,
    refusal: {
      not_found: 'There is no such administration.',
      closed: 'The administration has left the register: no referents can be invited.',
      already_referent: 'This person is already a referent of this administration.',
    },
    import: {
      title: 'Import referents',
      administrations: 'Administrations',
      intro: 'Upload a CSV list with name, e-mail and the administration’s IPA code. You will see what happens before anybody is invited.',
      columns: 'The headings may be: name (and surname), email, code.',
      file: 'List of referents',
      check: 'Check the list',
      previewTitle: 'Check of the list',
      previewLead: 'Nobody has been invited yet.',
      nothing: 'Nobody in this list is to be invited.',
      figures: {
        read: (count: number) => (count === 1 ? 'row read' : 'rows read'),
        created: () => 'to invite',
        unchanged: (count: number) => (count === 1 ? 'referent already' : 'referents already'),
        refused: () => 'not importable',
      },
      confirm: (count: string) => `Invite ${count} referents`,
      confirmOne: 'Invite 1 referent',
      another: 'Upload another list',
      toInvite: 'Who is invited',
      refusedRows: 'Rows not imported',
      line: 'Line',
      administration: 'Administration',
      reason: 'Why',
      done: (created: string, unchanged: string, refused: string) =>
        `Referents invited: ${created}. Already there: ${unchanged}. Rows not imported: ${refused}.`,
      gone: 'This list has been imported already, or too much time has passed: upload it again.',
    },
  },
)

type OwnReason = Exclude<ReferentRowReason, 'wrong_columns' | 'broken_quotes' | 'no_code'> | 'not_referents'

const reasons = dictionary<Record<OwnReason, string>>(
  {
    not_referents: 'Nella prima riga mancano le colonne: servono nome, email e codice dell’amministrazione (codice_ipa).',
    no_name: 'Manca il nome della persona.',
    bad_email: 'L’indirizzo e-mail manca o non è completo.',
    repeated: 'La stessa persona compare già in una riga precedente per la stessa amministrazione.',
    unknown_administration: 'Nessuna amministrazione con questo codice tra quelle che segui.',
    closed_administration: 'L’amministrazione è uscita dal registro.',
  },
  {
    not_referents: 'The first line lacks columns: name, email and the administration’s code (codice_ipa) are needed.',
    no_name: 'The person’s name is missing.',
    bad_email: 'The e-mail address is missing or incomplete.',
    repeated: 'The same person occurs in an earlier row for the same administration.',
    unknown_administration: 'No administration with this code among those you follow.',
    closed_administration: 'The administration has left the register.',
  },
)

/** The sentence for a refusal of the list, or for the reason of a refused row. */
export function referentReason(reason: ReferentRefusal | ReferentRowReason | (string & {}), language: Language): string {
  const own: Record<string, string> = reasons[language]
  return own[reason] ?? registerReason(reason, language)
}
