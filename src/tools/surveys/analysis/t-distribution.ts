/**
 * The value that a Student t variable with so many degrees of freedom (any positive number) stays below with the given
 * probability: 2.228 for 10 degrees and 0.975. Found by halving on the distribution function, to nine digits.
 */
export function tQuantile(probability: number, degrees: number): number {
  if (!(degrees > 0) || !(probability > 0 && probability < 1)) return Number.NaN
  if (probability < 0.5) return -tQuantile(1 - probability, degrees)
  let [low, high] = [0, 2]
  while (tBelow(high, degrees) < probability) high *= 2
  for (let step = 0; step < 80; step += 1) {
    const middle = (low + high) / 2
    if (tBelow(middle, degrees) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The probability that the variable is below `t`, for `t` of zero or more. */
const tBelow = (t: number, degrees: number) => 1 - incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2

/** The regularised incomplete beta function by its continued fraction (Abramowitz and Stegun 26.5.8), turned round where that converges faster. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(a * Math.log(x) + b * Math.log(1 - x) - logBeta(a, b)) / a
  return front * continuedFraction(x, a, b)
}

const tiny = 1e-300

/** Evaluated from the front with Lentz's method. */
function continuedFraction(x: number, a: number, b: number): number {
  const guarded = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let numerator = 1
  let denominator = 1 / guarded(1 - ((a + b) * x) / (a + 1))
  let fraction = denominator
  for (let m = 1; m < 500; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    let change = 1
    for (const term of [even, odd]) {
      denominator = 1 / guarded(1 + term * denominator)
      numerator = guarded(1 + term / numerator)
      change = denominator * numerator
      fraction *= change
    }
    if (Math.abs(change - 1) < 1e-15) break
  }
  return fraction
}

const logBeta = (a: number, b: number) => logGamma(a) + logGamma(b) - logGamma(a + b)

/** Stirling's series, after moving the argument up to where it is exact to double precision. */
function logGamma(x: number): number {
  let [shifted, product] = [x, 1]
  while (shifted < 12) {
    product *= shifted
    shifted += 1
  }
  const square = 1 / (shifted * shifted)
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / shifted
  return (shifted - 0.5) * Math.log(shifted) - shifted + Math.log(2 * Math.PI) / 2 + series - Math.log(product)
}
