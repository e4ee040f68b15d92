import type { Csv } from '../csv.ts'
import type { PlanForm } from './plan-form.ts'

/** What each card of the form is given. */
export interface CardProps {
  form: PlanForm
  onChange(changes: Partial<PlanForm>): void
}

export interface WhoCardProps extends CardProps {
  departments: readonly string[]
  /** How many people are selected on the page of rooms. */
  selected: number
  onCsv(csv: Csv): void
}
