import { fold } from '../language/fold.ts'

const givenNames =
  'Anna Marco Giulia Luca Francesca Andrea Chiara Matteo Elena Davide Sara Stefano Laura Simone Paola Roberto Silvia Antonio Marta Giuseppe Valeria Vincenzo Daniela Salvatore Monica Michele Cristina Domenico Teresa Pietro Angela Fabio Rita Alberto Lucia Giorgio Irene Nicola Caterina Tommaso'.split(
    ' ',
  )
const familyNames =
  'Amato Barone Basile Battaglia Bellini Benedetti Bianco Caputo Carbone Caruso Castelli Cattaneo Colombo Coppola Costa De Luca Fabbri Farina Fontana Galli Gentile Giordano Grassi Guerra Leone Lombardi Longo Mancini Marchetti Mariani Marini Martini Mazza Messina Monti Morelli Moretti Negri Orlando Pagano Palumbo Parisi Pellegrini Piras Riva Rizzi Rossetti Ruggiero Sala Sanna Santoro Serra Silvestri Sorrentino Testa Valente Villa Vitale Volpe Zanetti'
    .replace('De Luca', 'De_Luca')
    .split(' ')
    .map((name) => name.replace('_', ' '))

/** The nth invented person: all different, always the same. */
export function inventedPerson(index: number, domain: string): { name: string; email: string } {
  const given = givenNames[index % givenNames.length] ?? ''
  const family = familyNames[(index * 7 + Math.floor(index / givenNames.length)) % familyNames.length] ?? ''
  const local = `${given}.${family}.${index}`.toLowerCase().replace(/[^a-z0-9.]/g, '')
  return { name: `${given} ${family}`, email: `${local}@${domain}` }
}

/** Numbers between 0 and 1 that are the same at every run (mulberry32). */
export function repeatable(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** "Comune di Alessandria" has comune.alessandria.example: nobody's real address. */
export function domainOf(administration: string): string {
  const words = fold(administration)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !small.has(word))
  return `${words.slice(0, 4).join('.')}.example`
}

const small = new Set('di del della dell d l e degli delle dei de la lo in a al alla'.split(' '))
