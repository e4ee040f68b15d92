import { useQuery } from '@tanstack/react-query'
import { call } from './call.ts'
import { useSite } from './session.ts'

/** The names of the departments on the site; empty until they are read. */
export function useDepartments(): string[] {
  const { siteUrl } = useSite()
  const { data } = useQuery({
    queryKey: ['departments', siteUrl],
    queryFn: () => call<{ items: string[] }>('GET', `/api/sites/${encodeURIComponent(siteUrl)}/departments`),
    staleTime: 300_000,
  })
  return data?.items ?? []
}
