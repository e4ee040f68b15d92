/** What later migrations have added, taken away again, so that a database is one of an older version. */
export const withoutNewest = [
  ...['fresh_ms', 'overwrite_changed', 'behaviour'].map(column => `alter table rotation drop column ${column}`),
  ...['read_at', 'planned_old_id', 'earlier_new_ids'].map(column => `alter table rotation_item drop column ${column}`),
  `delete from kysely_migration where name >= '0017'`,
]
