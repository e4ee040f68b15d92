/** SQLite's driver on the Node that runs this: what of it our speed hangs on. */
import { expect, it } from 'vitest'
import { openDatabase } from '#roomkey/store/sqlite/driver.js'

const times = 5000
const newestClaim = 'select tenure, person from claim where site_id = 1 and key = ? order by tenure desc limit 1'

it('sqlite: a prepared statement is not prepared again each time that it runs', () => {
  const database = openDatabase(':memory:')
  database.exec('create table claim (site_id, key, tenure, person, unique (site_id, key, tenure))')
  const lookUp = database.prepare(newestClaim)
  const running = cpuMs(() => lookUp.get('john.andersen'))
  const preparing = cpuMs(() => database.prepare(newestClaim))
  database.close()
  expect(running).toBeLessThan(preparing / 6)
})

/** Of the processor, not of the clock: a busy machine does not matter. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage()
  for (let n = 0; n < times; n += 1) work()
  return process.cpuUsage(before).user / 1000
}
