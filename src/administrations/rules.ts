/** The register writes sites with and without `https://`; a link to follow, or null when it is none. */
export function webAddress(site: string): string | null {
  const address = /^https?:\/\//i.test(site) ? site : `https://${site}`
  return URL.canParse(address) && !address.includes('@') ? new URL(address).href : null
}
