/** SQLite's driver on the Node that runs this: what of it our speed hangs on. */
import { expect, it } from 'vitest'
import { openDatabase } from '#roomkey/store/sqlite/driver.js'

const times = 5000
const newestClaim = 'select tenure, person from claim where site_id = 1 and key = ? order by tenure desc limit 1'

it('sqlite: a prepared statement is not prepared again each time that it runs', () => {
  const database = openDatabase(':memory:')
  database.exec('create table claim (site_id, key, tenure, person, unique (site_id, key, tenure))')
  const lookUp = database.prepare(newestClaim)
  // The least of a few rounds: what else the process does in one of them is not meant.
  const rounds = [1, 2, 3, 4, 5]
  const running = Math.min(...rounds.map(() => cpuMs(() => lookUp.get('john.andersen'))))
  const preparing = Math.min(...rounds.map(() => cpuMs(() => database.prepare(newestClaim))))
  database.close()
  // Prepared anew, it would take longer than preparing alone.
  expect(running).toBeLessThan(preparing / 3)
})

/** Of the processor, not of the clock: a busy machine does not matter. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage()
  for (let n = 0; n < times; n += 1) work()
  return process.cpuUsage(before).user / 1000
}
