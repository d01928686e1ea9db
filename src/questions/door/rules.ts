export const longestSearch = 200

/** What was looked for, as the figures keep it: short, and without what could be somebody's address or telephone. */
export const searchKept = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')
    .replace(/\S+@\S+/g, '…')
    .replace(/\+?\d[\d ./-]{6,}\d/g, '…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 120)
