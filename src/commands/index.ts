import { audit } from './audit.ts'
import type { Command } from './command.ts'
import { contract } from './contract.ts'
import { db } from './db.ts'
import { login } from './login.ts'
import { people } from './people.ts'
import { plan } from './plan.ts'
import { refresh } from './refresh.ts'
import { rehearse } from './rehearse.ts'
import { report } from './report.ts'
import { rotations } from './rotations.ts'
import { resume, run } from './run.ts'
import { serve } from './serve.ts'
import { sites } from './sites.ts'
import { status } from './status.ts'
import { token } from './token.ts'
import { undo } from './undo.ts'
import { verify } from './verify.ts'

/** In the order in which `roomkey --help` lists them. */
export const commands: Command[] = [
  serve,
  refresh,
  contract,
  audit,
  plan,
  rehearse,
  run,
  status,
  resume,
  verify,
  report,
  undo,
  rotations,
  login,
  people,
  sites,
  token,
  db,
]
