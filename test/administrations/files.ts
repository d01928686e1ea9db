/** The columns of the register as it is published, in its order. */
export const published =
  '_id,Codice_IPA,Denominazione_ente,Codice_fiscale_ente,Tipologia,Codice_Categoria,Codice_natura,Codice_ateco,Ente_in_liquidazione,Codice_MIUR,Codice_ISTAT,Acronimo,Nome_responsabile,Cognome_responsabile,Titolo_responsabile,Codice_comune_ISTAT,Codice_catastale_comune,CAP,Indirizzo,Mail1,Tipo_Mail1,Mail2,Tipo_Mail2,Mail3,Tipo_Mail3,Mail4,Tipo_Mail4,Mail5,Tipo_Mail5,Sito_istituzionale,Url_facebook,Url_linkedin,Url_twitter,Url_youtube,Data_aggiornamento'.split(
    ',',
  )

export type Entry = { code: string; name: string; category?: string; municipality?: string } & Record<string, string>

const columnOf: Record<string, string> = {
  code: 'Codice_IPA',
  name: 'Denominazione_ente',
  category: 'Codice_Categoria',
  municipality: 'Codice_comune_ISTAT',
}

/** A small register in the published layout; `delimiter` and `columns` for its variants. */
export function registerText(
  entries: readonly Entry[],
  { delimiter = ',', columns = published, lineEnd = '\n' }: { delimiter?: string; columns?: readonly string[]; lineEnd?: string } = {},
): string {
  const quoted = (text: string) => (/["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text)
  const rows = entries.map((entry) => {
    const full: Record<string, string> = { category: 'L6', municipality: '065116', ...entry }
    const byColumn = Object.fromEntries(Object.entries(full).map(([key, value]) => [columnOf[key] ?? key, value]))
    return columns.map((column) => quoted(byColumn[column] ?? '')).join(delimiter)
  })
  return [columns.join(delimiter), ...rows, ''].join(lineEnd)
}

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
export const register = (...args: Parameters<typeof registerText>): Uint8Array => bytesOf(registerText(...args))

export function utf16(text: string, { bigEndian = false, bom = true } = {}): Uint8Array {
  const bytes = Buffer.from(`${bom ? '\uFEFF' : ''}${text}`, 'utf16le')
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes)
}

/** The four bodies of the cast, as the register would have them, so that an import of other bodies closes none of them. */
export const castEntries: readonly Entry[] = [
  { code: 'c_h703', name: 'Comune di Salerno', municipality: '065116' },
  { code: 'c_d086', name: 'Comune di Cosenza', municipality: '078045' },
  { code: 'asl_sa', name: 'Azienda Sanitaria Locale di Salerno', category: 'L7', municipality: '065116' },
  { code: 'c_l219', name: 'Comune di Torino', municipality: '001272' },
]
export const acireale: Entry = { code: 'c_a028', name: 'Comune di Acireale', municipality: '087004' }
