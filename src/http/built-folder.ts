import { fileURLToPath } from 'node:url'

/** A folder that the build wrote: beside the bundle in `dist`, or in `dist` as seen from a single module of src/http. */
export function builtFolder(name: 'console' | 'reference'): string {
  const isBundled = /\/dist\/[^/]+$/.test(import.meta.url)
  return fileURLToPath(new URL(isBundled ? `./${name}/` : `../../dist/${name}/`, import.meta.url))
}
