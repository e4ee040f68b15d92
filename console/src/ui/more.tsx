import Button from '@momentum-design/components/react/button/index.js'
import { useWords } from '../language/use-words.ts'

interface Pages {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage(): unknown
}

export function More({ list }: { list: Pages }) {
  const words = useWords()
  return list.hasNextPage ? (
    <Button variant="tertiary" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
      {words.more}
    </Button>
  ) : null
}
