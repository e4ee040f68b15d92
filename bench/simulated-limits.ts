/**
 * Prints how close the governor comes to the minimum time that a limiter allows, family by family: the worst run of
 * each length, and the most 429s in the time of one Retry-After. Simulated, so it takes only computing time.
 */
import {
  type Circumstances,
  combinations,
  families,
  farAway,
  nearby,
  play,
} from '../devtools/limiters/pace-families.ts'

const lengths = [20, 60, 200, 600]
const rates = [1, 2, 5, 10, 17, 30, 100]

function table(trips: Omit<Circumstances, 'perSecond' | 'retryAfter'>[]): void {
  const all = combinations(rates, ['exact', 'rounded up', 'a second'], trips)
  console.log(`| the target's limiter | ${lengths.map(length => `${length} s`).join(' | ')} | max 429s in a row |`)
  console.log(`| --- | ${lengths.map(() => '---').join(' | ')} | --- |`)
  for (const family of families) {
    let most = 0
    const cells = lengths.map(length => {
      const outcomes = all.map(one => ({ one, ...play(family, one, length * 1000) }))
      most = Math.max(most, ...outcomes.map(outcome => outcome.inOneWindow))
      const ratios = outcomes.map(outcome => outcome.ratio).sort((a, b) => a - b)
      const within = ratios.filter(ratio => ratio <= 1.03).length / ratios.length
      if (process.argv.includes('--worst')) {
        const worst = outcomes.reduce((a, b) => (b.ratio > a.ratio ? b : a))
        console.error(
          family.name,
          length,
          JSON.stringify({ ...worst.one, ratio: worst.ratio, refusals: worst.refusals }),
        )
      }
      return `${ratios[Math.floor(ratios.length / 2)]!.toFixed(3)}, ${ratios.at(-1)!.toFixed(2)} (${Math.round(within * 100)}%)`
    })
    console.log(`| ${family.name} | ${cells.join(' | ')} | ${most} |`)
  }
}

table(nearby)
console.log()
table(farAway)
