import { createHash } from 'node:crypto'
import type { Value } from './tables.ts'

export type Fingerprint = { rows: number; sum: string }

/** Tells two tables apart whatever the order of their rows: how many there are, and the sum of their hashes. */
export function fingerprinting() {
  let rows = 0
  let sum = 0n
  return {
    add: (several: readonly Value[][]) => {
      for (const row of several) {
        rows += 1
        sum += createHash('sha256').update(JSON.stringify(row)).digest().readBigUInt64BE()
      }
    },
    value: (): Fingerprint => ({ rows, sum: BigInt.asUintN(64, sum).toString(16) }),
  }
}

export const isSame = (one: Fingerprint | undefined, other: Fingerprint | undefined): boolean =>
  one?.rows === other?.rows && one?.sum === other?.sum
