import { fold } from '../../../../language/fold.ts'
import type { Row } from './grid.ts'
import { writtenTime } from './times.ts'

/** Positions of the columns we know; headers decide where they speak Italian or English, else what stands below them. */
export type Columns = Partial<Record<Role, number>>
type Role = 'name' | 'firstName' | 'lastName' | 'email' | 'otherEmail' | 'join' | 'leave' | 'duration' | 'action' | 'waiting' | 'attended'

const names =
  /^((full|display|user|participant|attendee) name|name|username|participant|attendee|nome|nome (e )?cognome|cognome (e )?nome|nome (completo|utente|visualizzato)|nome (del )?partecipante|nominativo|partecipante|utente|vollstandiger name|teilnehmer|nom( complet)?|nombre( completo)?)( (original name|nome originale|originalname|nom d'origine))?$/

/** The participant's, not the organiser's. */
const addresses = /^(?!.*(organi|host)).*(e-?mail|posta elettronica|courriel|correo)/

const headers: [role: Role, pattern: RegExp][] = [
  ['waiting', /waiting room|sala d'?attesa|warteraum|salle d'attente|sala de espera/],
  ['attended', /^(attended|partecipato|ha partecipato|presente)$/],
  ['lastName', /^(last name|surname|family name|cognome|nachname)$/],
  ['firstName', /^(first name|given name|vorname|nome)$/],
  ['name', names],
  ['email', addresses],
  ['otherEmail', addresses],
  [
    'duration',
    /durat[ai]|duration|minut|time in session|tempo (di |in )?(sessione|presenza|permanenza)|permanenza|dauer|duree|duracion|duracao/,
  ],
  ['join', /\b(join|joined|ingresso|entrata|entrato|accesso|entry|inizio|start|beitritt\w*|beigetreten|arrivee|entrada|partecipazione)\b/],
  ['leave', /\b(leave|left|exit|exited|uscita|uscito|abbandono|fine|end|verlassen|austritt\w*|depart|salida|saida)\b/],
]

/** Blocks about the meeting itself look like tables of people. */
const aboutTheMeeting = /^(meeting id|topic|argomento|id riunione|webinar id|tema|thema|sujet|meeting title|titolo riunione)$/

export function columnsOf(header: readonly string[], rows: readonly Row[]): Columns {
  const folded = header.map(fold)
  if (folded.some((name) => aboutTheMeeting.test(name))) return {}

  const hasLastName = folded.some((name) => headers[2]?.[1].test(name))
  const columns: Columns = {}
  for (const [index, name] of folded.entries()) {
    const role = headers.find(
      ([role, pattern]) => (role !== 'firstName' || hasLastName) && pattern.test(name) && columns[role] === undefined,
    )?.[0]
    if (role) columns[role] = index
  }
  return withShape(columns, header, rows)
}

/** What the headers didn't say, the cells may. */
function withShape(columns: Columns, header: readonly string[], rows: readonly Row[]): Columns {
  const taken = new Set(Object.values(columns))
  const free = (test: (cell: string) => boolean) =>
    header.flatMap((_, index) => (!taken.has(index) && mostly(rows, index, test) ? [index] : []))
  const dated = free((cell) => writtenTime(cell)?.date != null)
  const [email] = free((cell) => cell.includes('@'))
  const [action] = free((cell) => isJoined(cell) || isLeft(cell))
  return defined({ email, action, ...timesByShape(columns, dated), ...columns })
}

/** Where one of the two headers is known, the other is the column of dates beside it. */
function timesByShape({ join, leave }: Columns, dated: readonly number[]): Columns {
  if (join === undefined && leave === undefined) return defined({ join: dated[0], leave: dated[1] })
  if (join === undefined) return defined({ join: dated.find((index) => index + 1 === leave) })
  return defined({ leave: dated.find((index) => index - 1 === join) })
}

function defined(columns: Record<string, number | undefined>): Columns {
  return Object.fromEntries(Object.entries(columns).filter(([, index]) => index !== undefined))
}

/** Of the cells that hold something. */
function mostly(rows: readonly Row[], index: number, test: (cell: string) => boolean) {
  const cells = rows.map(({ cells }) => cells[index] ?? '').filter((cell) => cell !== '')
  return cells.length > 0 && cells.filter(test).length >= cells.length / 2
}

const joined =
  /^(joined|partecip|ha partecipato|entrat|unit[oa]\b|iscritt|beigetreten|teilgenommen|a rejoint|rejoint|se uni|ingressou|entrou)/
const left = /^(left|uscit|ha lasciato|ha abbandonato|abbandon|verlassen|a quitt|parti\b|sali|saiu|abandon)/
export const isJoined = (cell: string) => joined.test(fold(cell))
export const isLeft = (cell: string) => left.test(fold(cell))

export const isNamed = ({ name, firstName, lastName, email }: Columns) =>
  [name, firstName, lastName, email].some((index) => index !== undefined)

/** Somebody, and something about their time. */
export const isTable = (columns: Columns) =>
  isNamed(columns) && (columns.join !== undefined || columns.duration !== undefined || columns.action !== undefined)
