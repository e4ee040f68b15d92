import { useQuery } from '@tanstack/react-query'
import type { TokenAnswer } from '../../../src/wire/tokens.ts'
import { call } from './call.ts'
import { keys } from './keys.ts'

/** All access tokens, including those that have ended. */
export function useTokens() {
  return useQuery({
    queryKey: keys.tokens,
    queryFn: async () => (await call<{ items: TokenAnswer[] }>('GET', '/api/tokens')).items,
  })
}
