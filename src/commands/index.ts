import type { Command } from './command.ts'
import { contract } from './contract.ts'
import { db } from './db.ts'
import { people } from './people.ts'
import { refresh } from './refresh.ts'
import { serve } from './serve.ts'
import { sites } from './sites.ts'
import { token } from './token.ts'

/** In the order in which `roomkey --help` lists them. */
export const commands: Command[] = [serve, refresh, contract, people, sites, token, db]
