/** How citizens lean on each question of the counter kit: satisfaction, importance; from 1 to 5. Waiting and information are the sore points. */
export const leanings: Readonly<Record<string, readonly [number, number]>> = {
  hours: [3.3, 4.1],
  booking: [3.0, 3.9],
  waiting: [2.6, 4.6],
  before: [3.0, 4.4],
  forms: [3.4, 3.7],
  'first-time': [4.0, 4.6],
  kindness: [4.5, 4.2],
  preparation: [4.4, 4.5],
  rooms: [4.1, 3.1],
  overall: [3.8, 0],
}

/** What citizens wrote; invented. */
export const citizenTexts: readonly string[] = [
  'Il lunedì mattina si aspetta anche un’ora.',
  'Personale gentilissimo, ma sono pochi.',
  'Vorrei poter prenotare online anche per la carta d’identità.',
  'Sul sito non si capisce quali documenti portare: sono tornato due volte.',
  'Aprite almeno un pomeriggio in più.',
  'Tutto bene, in dieci minuti ho fatto il cambio di residenza.',
  'Il numero elettronico era guasto e nessuno sapeva chi toccava.',
  'Impiegata molto preparata, ha risolto un problema che durava da mesi.',
  'Mancano le sedie per gli anziani.',
  'Al telefono non risponde mai nessuno.',
  'I moduli sono scritti in modo difficile.',
  'Servirebbe un cartello all’ingresso: ho fatto la fila sbagliata.',
  'Ottimo servizio, grazie.',
  'Il pagamento con carta non funzionava.',
]
