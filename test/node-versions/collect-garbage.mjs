/**
 * Loaded into every thread of a process (NODE_OPTIONS=--import): forces garbage collections, in the middle of work and as
 * a task between two turns, which is how an idle thread collects. Writes how many there were beside COLLECTIONS.
 */
import { writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { threadId } from 'node:worker_threads'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
const everyMs = 500
let collections = 0

setInterval(async () => {
  collect()
  await collect({ type: 'major', execution: 'async' })
  collections += 2
  writeFileSync(`${process.env.COLLECTIONS}.${process.pid}.${threadId}`, String(collections))
}, everyMs).unref()
