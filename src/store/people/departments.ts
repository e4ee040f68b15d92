import type { Db } from '../tables.ts'

/** More than any list of departments that somebody would choose from. */
const maxDepartments = 500

/** The departments of a site, sorted by name; finding each takes one step through an index. */
export async function listDepartments(db: Db, siteId: number): Promise<string[]> {
  const departments: string[] = []
  while (departments.length < maxDepartments) {
    const { next } = await db
      .selectFrom('person')
      .select(({ fn }) => fn.min('department').as('next'))
      .where('site_id', '=', siteId)
      .where('department', 'is not', null)
      .where('department', '>', departments.at(-1) ?? '')
      .executeTakeFirstOrThrow()
    if (next === null) break
    departments.push(next)
  }
  return departments
}
