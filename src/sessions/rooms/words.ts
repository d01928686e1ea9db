import type { RoomKind } from '../../database/schema.ts'
import { dictionary } from '../../language/language.ts'
import type { RoomFailureReason } from './provider.ts'

export const words = dictionary(
  {
    room: 'Stanza',
    roomHelp: 'L’aula la apriamo noi 15 minuti prima dell’inizio: non serve un collegamento, e chi c’era risulta dalla stanza.',
    rooms: {
      link: 'Un collegamento che indichi qui sotto',
      bigbluebutton: 'Un’aula virtuale di Percorsi (BigBlueButton)',
    } satisfies Record<RoomKind, string>,
    failedDoor: 'La stanza in questo momento non si apre. Aspetta un minuto e riprova: l’incontro resta in calendario.',
    again: 'Riprova',
    failedTitle: 'La stanza non si è aperta',
    failed: (when: string, why: string) => `Ultimo tentativo: ${when}. ${why}`,
    whatToDo:
      'L’incontro e le iscrizioni restano come sono. Puoi riprovare ad aprirla, oppure da «Modifica» indicare un collegamento a un’altra stanza: chi è iscritto lo usa dalla stessa pagina.',
    notConfigured: 'Il server delle aule virtuali non è più tra le impostazioni di Percorsi.',
    failure: {
      unreachable: 'Il server delle aule non risponde.',
      too_slow: 'Il server delle aule ci mette troppo a rispondere.',
      not_authorised: 'Il server delle aule non riconosce la chiave di Percorsi: va avvisato chi gestisce il server.',
      refused: 'Il server delle aule ha rifiutato la richiesta.',
      unreadable: 'Il server delle aule ha dato una risposta che non si capisce.',
    } satisfies Record<RoomFailureReason, string>,
    evidenceTitle: 'Chi era in aula',
    evidence: 'Chi entra e chi esce risulta dalla stanza: le presenze si aggiornano da sole quando si chiude. Puoi anche aggiornarle ora.',
    read: 'Aggiorna le presenze dalla stanza',
    readDone: (participants: number) =>
      participants === 1
        ? 'Presenze aggiornate: in aula è stata vista una persona.'
        : `Presenze aggiornate: in aula sono state viste ${participants} persone.`,
    nobodySeen: 'In aula non è stato ancora visto nessuno.',
    neverOpened: 'La stanza non è mai stata aperta.',
  },
  {
    room: 'Room',
    roomHelp: 'We open the classroom 15 minutes before the start: no link is needed, and the room itself tells who was there.',
    rooms: {
      link: 'A link that you give below',
      bigbluebutton: 'A virtual classroom of Percorsi (BigBlueButton)',
    },
    failedDoor: 'The room cannot be opened right now. Wait a minute and try again: the session stays in the calendar.',
    again: 'Try again',
    failedTitle: 'The room did not open',
    failed: (when, why) => `Last attempt: ${when}. ${why}`,
    whatToDo:
      'The session and its registrations stay as they are. You can try again to open it, or give a link to another room under “Change”: whoever is registered uses it from the same page.',
    notConfigured: 'The server of virtual classrooms is no longer among the settings of Percorsi.',
    failure: {
      unreachable: 'The server of classrooms does not answer.',
      too_slow: 'The server of classrooms takes too long to answer.',
      not_authorised: 'The server of classrooms does not accept the key of Percorsi: tell whoever runs the server.',
      refused: 'The server of classrooms refused the request.',
      unreadable: 'The server of classrooms gave an answer that cannot be understood.',
    },
    evidenceTitle: 'Who was in the classroom',
    evidence: 'The room tells who comes and goes: attendance is brought up to date by itself when it closes. You can also do it now.',
    read: 'Update attendance from the room',
    readDone: (participants) =>
      participants === 1
        ? 'Attendance updated: one person was seen in the classroom.'
        : `Attendance updated: ${participants} people were seen in the classroom.`,
    nobodySeen: 'Nobody has been seen in the classroom yet.',
    neverOpened: 'The room has never been opened.',
  },
)
