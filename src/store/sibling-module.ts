import { extname } from 'node:path'

/** The URL of a module beside this one, whether it runs built (`.js`) or from source (`.ts`). */
export function sibling(here: string, name: string): URL {
  return new URL(name + extname(here), here)
}
