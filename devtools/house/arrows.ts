/** Which folder may import which, as ARCHITECTURE.md draws it: whatever stands to the right of it in a line. */

export class Arrows {
  /** For each folder or file that is named: what it may import. */
  readonly #below = new Map<string, Set<string>>()

  /**
   * @param document the text of ARCHITECTURE.md. Its arrows are the indented lines under "## Arrows", such as
   * `cli -> http -> webex, store`, and one that begins with an arrow goes on with the line above. A name is a folder or
   * a file of `src`, else of the project.
   * @throws Error where there are none.
   */
  constructor(document: string) {
    const section = /^## Arrows\n(.*?)(?=^## )/ms.exec(document)?.[1] ?? ''
    const lines = section
      .replaceAll(/\n +->/g, ' ->')
      .split('\n')
      .filter(line => line.startsWith('    ') && line.includes('->'))
    if (lines.length === 0) throw new Error('ARCHITECTURE.md has no arrows: indented lines with -> under "## Arrows".')
    for (const line of lines) {
      const layers = line.split('->').map(layer => layer.split(',').map(name => name.trim()))
      for (const [index, layer] of layers.entries()) {
        for (const name of layer) {
          const below = this.#below.get(name) ?? new Set()
          for (const lower of layers.slice(index + 1).flat()) below.add(lower)
          this.#below.set(name, below)
        }
      }
    }
  }

  /** The longest name that a module stands under; undefined where no arrow names it. `src` as a whole is no place. */
  placeOf(path: string): string | undefined {
    const names = [...this.#below.keys()].filter(name => name !== 'src' && isUnder(path, name))
    return names.sort((one, other) => other.length - one.length)[0]
  }

  allows(importer: string, imported: string): boolean {
    const place = this.placeOf(importer)
    if (place === undefined) return false
    if (place === this.placeOf(imported)) return true
    return [...this.#below.get(place)!].some(name => isUnder(imported, name))
  }
}

function isUnder(path: string, name: string): boolean {
  return [name, `src/${name}`].some(full => path === full || path.startsWith(`${full}/`))
}
