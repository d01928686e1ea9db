type Work = () => Promise<void>

/** What is going to happen, done in the order of its moments, whoever planned it when. */
export class Agenda {
  readonly #entries: { at: Temporal.Instant; work: Work }[] = []

  plan(at: Temporal.Instant, work: Work) {
    let [low, high] = [0, this.#entries.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const entry = this.#entries[middle]
      if (entry && Temporal.Instant.compare(entry.at, at) <= 0) low = middle + 1
      else high = middle
    }
    this.#entries.splice(low, 0, { at, work })
  }

  /** Does everything up to now; what is done may plan more. */
  async run(now: Temporal.Instant) {
    let next = this.#entries.shift()
    while (next && Temporal.Instant.compare(next.at, now) < 0) {
      await next.work()
      next = this.#entries.shift()
    }
  }
}
