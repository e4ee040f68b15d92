import type { Command } from './command.ts'
import { contract } from './contract.ts'
import { refresh } from './refresh.ts'
import { serve } from './serve.ts'

/** In the order in which `roomkey --help` lists them. */
export const commands: Command[] = [serve, refresh, contract]
