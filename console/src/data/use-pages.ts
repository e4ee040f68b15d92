import { useInfiniteQuery } from '@tanstack/react-query'
import { call } from './call.ts'

interface Listed<Item> {
  items: Item[]
  next: string | null
}

/** A list that is read page by page. The service gives the next page in the header `Link`. */
export function usePages<Item>(key: readonly unknown[], path: string, pollMs: number | false = false) {
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => readListed<Item>(pageParam),
    initialPageParam: path,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: pollMs,
  })
  return { ...pages, items: pages.data?.pages.flatMap(({ items }) => items) ?? [] }
}

async function readListed<Item>(path: string): Promise<Listed<Item>> {
  let next: string | null = null
  const answer = await call<{ items: Item[] }>('GET', path, undefined, undefined, headers => {
    const link = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
    if (link !== undefined) next = new URL(link).pathname + new URL(link).search
  })
  return { items: answer.items, next }
}
