/** What the columns of several tables have in common. */
import type { ColumnType } from 'kysely'

export type Flag = 0 | 1

/** A column that an insert may leave out, and that is null then. */
export type Nullable<Value> = ColumnType<Value | null, Value | null | undefined, Value | null>
