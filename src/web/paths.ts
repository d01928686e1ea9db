/** Path patterns: an id is digits only, so anything else is simply not found. */
export const id = (name: string) => `:${name}{[0-9]{1,9}}`
