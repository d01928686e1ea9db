/** Hours to one decimal. */
export const hoursFrom = (minutes: number): number => Math.round(minutes / 6) / 10
