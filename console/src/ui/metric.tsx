/** A number with its name, in a list of them. */
export function Metric({ name, value, bad = false }: { name: string; value: string; bad?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={bad ? 'bad-text' : undefined}>{value}</dd>
    </div>
  )
}
