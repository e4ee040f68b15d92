import { useDepartments } from '../data/use-departments.ts'
import { useWords } from '../language/use-words.ts'
import { Choice } from '../ui/choice.tsx'
import type { Filters } from './use-rooms.ts'

export const filterNames = [
  'q',
  'class',
  'strength',
  'department',
  'olderThanDays',
  'pinned',
  'suspended',
  'host',
] as const

export const emptyFilters = Object.fromEntries(filterNames.map(name => [name, ''])) as Filters

const ages = [30, 90, 365, 3 * 365]

export function FilterRow({ filters, onChange }: { filters: Filters; onChange(filters: Filters): void }) {
  const words = useWords()
  const text = words.rooms
  const departments = useDepartments()
  const any = { value: '', label: text.any }
  const list = (name: keyof Filters, label: string, options: { value: string; label: string }[]) => (
    <Choice
      label={label}
      value={filters[name]}
      options={[any, ...options]}
      onChange={value => onChange({ ...filters, [name]: value })}
    />
  )
  const yesNo = [
    { value: 'true', label: words.yes },
    { value: 'false', label: words.no },
  ]
  return (
    <search className="filters" aria-label={text.filters}>
      {list(
        'strength',
        text.strength,
        Object.entries(words.strengths).map(([value, label]) => ({ value, label })),
      )}
      {list(
        'class',
        text.madeFrom,
        Object.entries(words.classes).map(([value, label]) => ({ value, label })),
      )}
      {list(
        'olderThanDays',
        text.age,
        ages.map(days => ({ value: String(days), label: text.olderThan(days) })),
      )}
      {list(
        'department',
        text.department,
        departments.map(name => ({ value: name, label: name })),
      )}
      {list('pinned', text.pinned, yesNo)}
      {list('suspended', text.suspended, yesNo)}
    </search>
  )
}
