/** Gives people, IDs and secrets other names, so that evidence can be shown to anybody. */
export class Masks {
  /** By what is masked, in lower case. */
  readonly #names = new Map<string, string>()
  #ids = 0

  addPerson(name: string, ...known: string[]): void {
    for (const text of known) this.#add(text, name)
  }

  /** A new ID of the probe. */
  addId(id: string): void {
    this.#ids += 1
    this.#add(id, `ID-${this.#ids}`)
  }

  addSecret(secret: string): void {
    this.#add(secret, '…')
  }

  mask(text: string): string {
    // Longer ones first: one may be part of another.
    const known = [...this.#names.keys()].sort((one, other) => other.length - one.length)
    if (known.length === 0) return text
    const escaped = known.map(each => each.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    const any = new RegExp(`(?<![\\w.-])(?:${escaped.join('|')})(?![\\w-])`, 'gi')
    return text.replace(any, found => this.#names.get(found.toLowerCase())!)
  }

  #add(text: string, name: string): void {
    if (text !== '') this.#names.set(text.toLowerCase(), name)
  }
}
