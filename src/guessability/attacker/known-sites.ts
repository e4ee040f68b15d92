/** IDs that exist on more than one site: anyone who is given the link on one can guess it on the others. */
import { NumberColumn, orderOfPairs } from './number-column.ts'
import { textHash } from './text-hash.ts'

export class KnownSites {
  readonly #sites = new Map<string, number>()
  readonly #keys = new NumberColumn()
  readonly #siteOfKey = new NumberColumn()

  get siteUrls(): string[] {
    return [...this.#sites.keys()]
  }

  add(siteUrl: string, key: string): void {
    let site = this.#sites.get(siteUrl)
    if (site === undefined) {
      site = this.#sites.size
      this.#sites.set(siteUrl, site)
    }
    this.#keys.push(textHash(key))
    this.#siteOfKey.push(site)
  }

  /** The IDs on at least two sites. */
  reused(): ReusedIds {
    const reused = new Set<number>()
    if (this.#sites.size > 1) {
      const keys = this.#keys.values()
      const sites = this.#siteOfKey.values()
      let previous = -1
      for (const place of orderOfPairs(keys, sites)) {
        const sameKey = previous >= 0 && keys[place] === keys[previous]
        if (sameKey && sites[place] !== sites[previous]) reused.add(keys[place]!)
        previous = place
      }
    }
    return { count: reused.size, has: key => reused.size > 0 && reused.has(textHash(key)) }
  }
}

export interface ReusedIds {
  /** The number of IDs, however many rooms carry each. */
  count: number
  /** Whether the ID with this key is one of them. */
  has(key: string): boolean
}
