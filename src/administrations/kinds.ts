import type { Language } from '../language/language.ts'

/** What sort of body it is, in the few words that rules and reports use. */
export const kinds = {
  municipality: { it: 'Comune', en: 'Municipality' },
  municipal_association: { it: 'Unione, comunità o consorzio di comuni', en: 'Union or consortium of municipalities' },
  province: { it: 'Provincia o città metropolitana', en: 'Province or metropolitan city' },
  region: { it: 'Regione o ente regionale', en: 'Region or regional body' },
  health: { it: 'Azienda sanitaria o ospedaliera', en: 'Health authority or hospital' },
  school: { it: 'Scuola o istituto di alta formazione', en: 'School or academy' },
  university: { it: 'Università o ente di ricerca', en: 'University or research body' },
  central: { it: 'Amministrazione centrale o nazionale', en: 'Central or national administration' },
  chamber: { it: 'Camera di commercio', en: 'Chamber of commerce' },
  professional_order: { it: 'Ordine o collegio professionale', en: 'Professional order' },
  care: { it: 'Azienda di servizi alla persona', en: 'Care services body' },
  park: { it: 'Parco o area protetta', en: 'Park or protected area' },
  company: { it: 'Gestore di servizi o società pubblica', en: 'Public utility or company' },
  other: { it: 'Altro ente', en: 'Other body' },
} satisfies Record<string, Record<Language, string>>

export type Kind = keyof typeof kinds

export const kindName = (kind: string, language: Language): string => kinds[kind as Kind]?.[language] ?? kind

/** The categories of the national register (IPA), code and name as AgID publishes them, with our kind. */
const categories: Record<string, { name: string; kind: Kind }> = {
  C1: { name: 'Presidenza del Consiglio dei Ministri, Ministeri e Avvocatura dello Stato', kind: 'central' },
  C2: { name: 'Organi Costituzionali e di Rilievo Costituzionale', kind: 'central' },
  C3: { name: 'Enti Pubblici Non Economici', kind: 'central' },
  C5: { name: "Autorita' Amministrative Indipendenti", kind: 'central' },
  C7: { name: 'Enti Pubblici Produttori di Servizi Assistenziali, Ricreativi e Culturali', kind: 'other' },
  C8: { name: 'Enti e Istituzioni di Ricerca Pubblici', kind: 'university' },
  C10: { name: 'Agenzie Fiscali', kind: 'central' },
  C11: { name: "Forze di Polizia ad Ordinamento Civile e Militare per la Tutela dell'Ordine e della Sicurezza Pubblica", kind: 'central' },
  C12: { name: 'Istituti Zooprofilattici Sperimentali', kind: 'health' },
  C13: { name: 'Automobile Club Federati ACI', kind: 'other' },
  C14: { name: 'Federazioni Nazionali, Ordini, Collegi e Consigli Professionali', kind: 'professional_order' },
  C16: { name: 'Enti di Previdenza ed Assistenza Sociale in Conto Economico Consolidato pubblici', kind: 'central' },
  C17: { name: 'Enti di Previdenza ed Assistenza Sociale in Conto Economico Consolidato privati', kind: 'other' },
  L1: { name: 'Altri Enti Locali', kind: 'other' },
  L2: { name: "Agenzie ed Enti Regionali per la Formazione, la Ricerca e l'Ambiente", kind: 'region' },
  L4: { name: 'Regioni, Province Autonome e loro Consorzi e Associazioni', kind: 'region' },
  L5: { name: 'Province e loro Consorzi e Associazioni', kind: 'province' },
  L6: { name: 'Comuni e loro Consorzi e Associazioni', kind: 'municipality' },
  L7: { name: 'Aziende Sanitarie Locali', kind: 'health' },
  L8: {
    name: 'Aziende Ospedaliere, Aziende Ospedaliere Universitarie, Policlinici e Istituti di Ricovero e Cura a Carattere Scientifico Pubblici',
    kind: 'health',
  },
  L10: { name: 'Agenzie ed Enti per il Turismo', kind: 'region' },
  L11: { name: "Autorita' Portuali", kind: 'other' },
  L12: { name: "Comunita' Montane e loro Consorzi e Associazioni", kind: 'municipal_association' },
  L13: { name: 'Agenzie ed Enti Regionali di Sviluppo Agricolo', kind: 'region' },
  L15: { name: 'Agenzie, Enti e Consorzi Pubblici per il Diritto allo Studio Universitario', kind: 'region' },
  L16: { name: 'Fondazioni Lirico, Sinfoniche', kind: 'other' },
  L17: { name: "Universita' e Istituti di Istruzione Universitaria Pubblici", kind: 'university' },
  L18: { name: 'Unioni di Comuni e loro Consorzi e Associazioni', kind: 'municipal_association' },
  L19: { name: 'Agenzie ed Enti Regionali del Lavoro', kind: 'region' },
  L20: { name: 'Agenzie Regionali e Provinciale per la Rappresentanza Negoziale', kind: 'region' },
  L21: { name: 'Agenzie Regionali per le Erogazioni in Agricoltura', kind: 'region' },
  L22: { name: 'Agenzie Regionali Sanitarie', kind: 'health' },
  L24: { name: 'Consorzi di Bacino Imbrifero Montano', kind: 'municipal_association' },
  L28: { name: 'Consorzi Interuniversitari di Ricerca', kind: 'university' },
  L31: { name: 'Teatri Stabili ad Iniziativa Pubblica', kind: 'other' },
  L33: { name: 'Istituti di Istruzione Statale di Ogni Ordine e Grado', kind: 'school' },
  L34: { name: 'Aziende Pubbliche di Servizi alla Persona', kind: 'care' },
  L35: { name: 'Camere di Commercio, Industria, Artigianato e Agricoltura e loro Unioni Regionali', kind: 'chamber' },
  L36: { name: 'Consorzi tra Amministrazioni Locali', kind: 'municipal_association' },
  L37: { name: 'Gestori di Pubblici Servizi', kind: 'company' },
  L38: { name: 'Parchi Nazionali, Consorzi e Enti Gestori di Parchi e Aree Naturali Protette', kind: 'park' },
  L39: { name: "Aziende e Consorzi Pubblici Territoriali per l'Edilizia Residenziale", kind: 'other' },
  L40: { name: "Autorita' di Bacino", kind: 'other' },
  L42: { name: "Consorzi per l'Area di Sviluppo Industriale", kind: 'other' },
  L43: { name: "Istituzioni per l'Alta Formazione Artistica, Musicale e Coreutica - AFAM", kind: 'school' },
  L44: { name: 'Enti di Regolazione dei Servizi Idrici e o dei Rifiuti', kind: 'other' },
  L45: { name: "Citta' Metropolitane", kind: 'province' },
  L46: { name: 'Aziende ed Amministrazioni dello Stato ad Ordinamento Autonomo', kind: 'central' },
  L47: { name: 'Commissari Straordinari Governativi', kind: 'central' },
  S01: { name: "Societa' in Conto Economico Consolidato", kind: 'company' },
  S01G: { name: "Societa' in Conto Economico Consolidato - Gestori di Pubblici Servizi", kind: 'company' },
  SA: { name: 'Stazioni Appaltanti', kind: 'company' },
  SAG: { name: 'Stazioni Appaltanti Gestori di Pubblici Servizi', kind: 'company' },
}

export const categoryCodes: readonly string[] = Object.keys(categories)
export const categoryName = (code: string): string => categories[code]?.name ?? code

/** Category L6 holds the comuni and also their consortia and associations: the name tells. */
export function kindOf(category: string, name: string): Kind {
  if (category !== 'L6') return categories[category]?.kind ?? 'other'
  return beginsLikeComune.test(name.trim()) ? 'municipality' : 'municipal_association'
}

/** In both languages of Alto Adige and Valle d'Aosta; the last two are comuni whose registered name leaves the word out. */
const beginsLikeComune =
  /^(comune|commune|gemeinde|marktgemeinde|stadtgemeinde|citt[aà]['’]?|roma capitale|montagna sulla strada del vino|san giovanni di fassa)(?!\p{L})/iu

/** The code of a category by its name, as the register's older layout gives it; null when unknown. */
export function categoryByName(name: string): string | null {
  const wanted = plain(name)
  return Object.entries(categories).find(([, category]) => plain(category.name) === wanted)?.[0] ?? null
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '')
