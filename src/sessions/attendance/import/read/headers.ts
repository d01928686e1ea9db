/** What a column may hold. */
export const roles = [
  'name',
  'firstName',
  'lastName',
  'email',
  'otherEmail',
  'join',
  'leave',
  'date',
  'duration',
  'action',
  'waiting',
  'attended',
] as const
export type Role = (typeof roles)[number]

const names =
  /^((full|display|user|participant|attendee) name|name|username|participant|attendee|nome|nome (e )?cognome|cognome (e )?nome|nome (completo|utente|visualizzato)|nome (del )?partecipante|nominativo|partecipante|utente|vollstandiger name|anzeigename|teilnehmer|nom( complet)?|nombre( completo)?|volledige naam|naam|imie i nazwisko|namn)( (original name|nome originale|originalname|ursprunglicher name|nom d'origine|nombre original))?$/
const lastNames = /^(last name|surname|family name|cognome|nachname|nom de famille|apellidos?|sobrenome|achternaam|efternamn)$/
const firstNames = /^(first name|given name|vorname|nome|prenom|nombre|voornaam|fornamn)$/

/** The participant's, not the organiser's, and not the address given when registering. */
const addresses = /^(?!.*(organi|host|invit)).*(e-?mail|posta elettronica|courriel|courrier|correo|adres e-mail|e-post)/

/** In this order the first that fits; words of meetings' plans (`Meeting Start Time`) are nobody's time. */
const headers: [role: Role, pattern: RegExp][] = [
  ['waiting', /waiting room|sala d'?attesa|warteraum|salle d'attente|sala de espera|wachtruimte/],
  ['attended', /^(attended|partecipato|ha partecipato|presente|presenza|teilgenommen|a participe|asistio|attendance|present)$/],
  ['action', /\b(user action|azione|aktion|benutzeraktion|action|accion|acao|actie|gebruikersactie|toiminto|akcja)\b/],
  ['lastName', lastNames],
  ['firstName', firstNames],
  ['name', names],
  ['email', addresses],
  ['otherEmail', addresses],
  [
    'duration',
    /durat[ai]|duration|minut|time in session|tempo (di |in |nella )?(sessione|presenza|permanenza)|permanenza|^ore\b|ore di presenza|^hours|dauer|duree|duracion|duracao|duur|varaktighet/,
  ],
  [
    'join',
    /\b(join|joined|ingresso|entrata|entrato|accesso|entry|beitritt\w*|beitritts\w*|beigetreten|arrivee|entrada|ingreso|union|partecipazione|connexion|deelname)\b/,
  ],
  ['leave', /\b(leave|left|exit|exited|uscita|uscito|abbandono|verlassen\w*|austritt\w*|depart|salida|saida|vertrek|partida)\b/],
  ['join', /^(?!.*(meeting|riunione|sched|registra|iscri|webinar|approv)).*\b(inizio|start|begin|beginn|dalle|from)\b/],
  ['leave', /^(?!.*(meeting|riunione|sched|registra|iscri|webinar|approv)).*\b(fine|end|ende|alle|until|to)\b/],
  ['date', /^(data|date|datum|fecha|giorno|day|tag|jour|dia)$/],
]

/** The role of each header of a row, folded; null where it says nothing to us. A role that is taken goes to nobody else. */
export function rolesOf(folded: readonly string[]): (Role | null)[] {
  const isSplit = folded.some((name) => lastNames.test(name)) || folded.includes('prenom')
  const taken = new Set<Role>()
  return folded.map((name) => {
    // `Nom` beside `Prénom` is the family name.
    const found = isSplit && name === 'nom' && !taken.has('lastName') ? 'lastName' : roleIn(name, taken, isSplit)
    if (found) taken.add(found)
    return found
  })
}

function roleIn(name: string, taken: ReadonlySet<Role>, isSplit: boolean): Role | null {
  const match = headers.find(([role, pattern]) => (role !== 'firstName' || isSplit) && !taken.has(role) && pattern.test(name))
  return match?.[0] ?? null
}
