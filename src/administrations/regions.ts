/** The twenty regions by ISTAT code, in ISTAT's order, with the province codes that begin their municipalities' codes. */
export const regions = [
  { code: '01', name: 'Piemonte', provinces: '001-006 096 103' },
  { code: '02', name: 'Valle d’Aosta', provinces: '007' },
  { code: '03', name: 'Lombardia', provinces: '012-020 097 098 108' },
  { code: '04', name: 'Trentino-Alto Adige', provinces: '021 022' },
  { code: '05', name: 'Veneto', provinces: '023-029' },
  { code: '06', name: 'Friuli-Venezia Giulia', provinces: '030-032 093' },
  { code: '07', name: 'Liguria', provinces: '008-011' },
  { code: '08', name: 'Emilia-Romagna', provinces: '033-040 099' },
  { code: '09', name: 'Toscana', provinces: '045-053 100' },
  { code: '10', name: 'Umbria', provinces: '054 055' },
  { code: '11', name: 'Marche', provinces: '041-044 109' },
  { code: '12', name: 'Lazio', provinces: '056-060' },
  { code: '13', name: 'Abruzzo', provinces: '066-069' },
  { code: '14', name: 'Molise', provinces: '070 094' },
  { code: '15', name: 'Campania', provinces: '061-065' },
  { code: '16', name: 'Puglia', provinces: '071-075 110' },
  { code: '17', name: 'Basilicata', provinces: '076 077' },
  { code: '18', name: 'Calabria', provinces: '078-080 101 102' },
  { code: '19', name: 'Sicilia', provinces: '081-089' },
  // 104-107 until 2016, 111-119 since: Sardinia has redrawn its provinces twice.
  { code: '20', name: 'Sardegna', provinces: '090-092 095 104-107 111-119' },
] as const

export type RegionCode = (typeof regions)[number]['code']

/** Regioni Obiettivo Convergenza: Campania, Puglia, Calabria, Sicilia (EU structural funds 2007-2013). */
export const roc: readonly RegionCode[] = ['15', '16', '18', '19']

const byProvince = new Map<string, RegionCode>(
  regions.flatMap(({ code, provinces }) => expand(provinces).map((province) => [province, code] as const)),
)
const byCode = new Map<string, string>(regions.map(({ code, name }) => [code, name]))

/** The region of a municipality by the first three digits of its ISTAT code; null when no region has them. */
export const regionOfMunicipality = (istatCode: string): RegionCode | null => byProvince.get(istatCode.slice(0, 3)) ?? null

/** The region by its name as registers spell it (`Friuli Venezia Giulia`, `Trentino Alto Adige/Südtirol`); null when there is none. */
export function regionByName(name: string): RegionCode | null {
  const wanted = letters(name)
  return regions.find((region) => wanted.startsWith(letters(region.name)))?.code ?? null
}

const letters = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '')

export const regionName = (code: string): string => byCode.get(code) ?? code

function expand(ranges: string): string[] {
  return ranges.split(' ').flatMap((range) => {
    const [from = '', until = from] = range.split('-')
    return Array.from({ length: Number(until) - Number(from) + 1 }, (_, index) => String(Number(from) + index).padStart(3, '0'))
  })
}
