import { formatNumber } from '../language/numbers.ts'
import type { DemoEnrolment } from './enrol.ts'

/** What one administration surveys, with its numbers. */
export type Survey = {
  service: string
  others: readonly string[]
  users: number
  wanted: number
  collected: number
  strong: string
  weak: readonly string[]
}

const services: Record<string, readonly string[]> = {
  municipality: [
    'Sportello anagrafe',
    'Ufficio tributi',
    'Servizi scolastici e mensa',
    'Biblioteca comunale',
    'Sportello edilizia',
    'Servizi sociali',
  ],
  province: ['Segnalazioni sulla viabilità', 'Centro per l’impiego', 'Edilizia scolastica', 'Autorizzazioni ambientali'],
  region: ['Ufficio relazioni con il pubblico', 'Bandi e contributi online', 'Formazione professionale'],
  health: ['Prenotazione delle visite', 'Ritiro dei referti', 'Assistenza domiciliare', 'Scelta del medico'],
  university: ['Segreteria studenti', 'Biblioteche di ateneo', 'Orientamento in ingresso'],
}
const strengths = [
  'cortesia del personale',
  'chiarezza delle spiegazioni',
  'competenza degli addetti',
  'pulizia e accoglienza dei locali',
  'correttezza delle pratiche',
]
const weaknesses = [
  'tempi di attesa',
  'orari di apertura',
  'informazioni prima di venire',
  'modulistica',
  'risposta al telefono',
  'servizi online',
]
const remedies: Record<string, string> = {
  'tempi di attesa': 'Prenotazione online entro tre mesi; indicatore: attesa media sotto i 10 minuti.',
  'orari di apertura': 'Apertura il giovedì pomeriggio dal mese prossimo; indicatore: utenti serviti dopo le 15.',
  'informazioni prima di venire': 'Elenco dei documenti sul sito e nella conferma; indicatore: pratiche rimandate.',
  modulistica: 'Moduli riscritti in linguaggio semplice con due associazioni; indicatore: moduli corretti al primo invio.',
  'risposta al telefono': 'Un turno dedicato al telefono dalle 9 alle 11; indicatore: chiamate con risposta.',
  'servizi online': 'Le tre pratiche più richieste online entro l’anno; indicatore: quota di pratiche online.',
}

export function surveyOf({ kind, ours }: DemoEnrolment, chance: () => number): Survey {
  const offered = services[kind] ?? services.municipality ?? []
  const start = ours ? 0 : Math.floor(chance() * offered.length)
  const turned = [...offered.slice(start), ...offered.slice(0, start)]
  const users = 1_000 * (2 + Math.floor(chance() * 30))
  const wanted = sampleSize(users)
  const weakest = Math.floor(chance() * weaknesses.length)
  return {
    service: turned[0] ?? '',
    others: turned.slice(1, 3),
    users,
    wanted,
    collected: Math.round(wanted * (0.85 + chance() * 0.3)),
    strong: strengths[Math.floor(chance() * strengths.length)] ?? '',
    weak: [0, 1, 2].map((step) => weaknesses[(weakest + step) % weaknesses.length] ?? ''),
  }
}

/** For a margin of 5% at 95%, with the finite population correction (Cochran 1977). */
function sampleSize(population: number): number {
  const infinite = (1.96 ** 2 * 0.25) / 0.05 ** 2
  return Math.ceil(infinite / (1 + (infinite - 1) / population))
}

const number = (value: number) => formatNumber(value, 'it')

export const submissionText = ({ service, users, wanted, collected, strong, weak }: Survey): string =>
  [
    `Servizio: ${service}, circa ${number(users)} utenti l’anno.`,
    `Risposte raccolte: ${number(collected)}, ne erano previste ${number(wanted)}.`,
    `Punto di forza: ${strong}.`,
    `Punti deboli: ${weak.join(', ')}.`,
  ].join('\n\n')

/** What is done about a weak point, and what shows that it helps. */
export function remedyOf(weakness: string): { action: string; indicator: string } {
  const [action = '', indicator = ''] = (remedies[weakness] ?? '').replace(/\.$/, '').split('; indicatore: ')
  return { action, indicator }
}

/** By what the report on the survey is reviewed. */
export const reportCriteria = [
  { label: 'Risposte raccolte rispetto a quelle previste', points: 10 },
  { label: 'Punti di forza e di debolezza, dai dati', points: 10 },
  { label: 'Chiarezza per chi non c’era', points: 5 },
]

/** Reviewers give the better part of the points. */
export const scoresFor = (chance: () => number) =>
  reportCriteria.map(({ label, points }) => ({ label, points: points - Math.floor(chance() * (points / 2)), of: points }))

const comments = {
  accepted: [
    'Chiaro e completo: buon lavoro.',
    'Bene, soprattutto la parte sui punti deboli.',
    'Accettato. Conservate il foglio dei dati per il confronto del prossimo anno.',
  ],
  to_revise: [
    'Mancano le risposte raccolte rispetto a quelle previste: aggiungetele e riconsegnate.',
    'Per ogni punto debole scrivete anche da quante risposte nasce.',
    'Indicate chi è responsabile di ogni azione e con quale scadenza.',
  ],
}

export const commentFor = (verdict: 'accepted' | 'to_revise', chance: () => number): string =>
  comments[verdict][Math.floor(chance() * comments[verdict].length)] ?? ''
