import { useMutation } from '@tanstack/react-query'
import type { SiteAnswer } from '../../../src/wire/sites.ts'
import { call } from '../data/call.ts'
import { client } from '../data/client.ts'
import { keys } from '../data/keys.ts'

export function useChangeSite(siteUrl: string) {
  return useMutation({
    mutationFn: (changes: Partial<SiteAnswer>) =>
      call<SiteAnswer>('PATCH', `/api/sites/${encodeURIComponent(siteUrl)}`, changes),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.sites }),
  })
}
