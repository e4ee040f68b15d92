import { extname } from 'node:path'

/** The URL of a module beside this one, whether it runs built (`.js`) or as it was written (`.ts`). */
export function sibling(here: string, name: string): URL {
  return new URL(name + extname(here), here)
}
