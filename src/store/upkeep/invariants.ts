/**
 * What must hold in every database, each as a query for the rows that violate it: set-based, so that millions of rows
 * take seconds, and the same on both engines.
 */

export interface Invariant {
  /** The invariant, as a sentence. */
  holds: string
  /** Selects one row `what` for each violation. */
  broken: string
}

/** Names the person of the aliased table, or the number of one who is missing. */
const person = (alias: string) => `
  coalesce((select email from person named where named.site_id = ${alias}.site_id and named.person = ${alias}.person),
    'person ' || ${alias}.person) || ' on ' ||
  coalesce((select url from site named where named.site_id = ${alias}.site_id), 'site ' || ${alias}.site_id)`

/**
 * Claims on IDs that had been held before: `taken`, and the claim `c` before it. They are few, and found in an index
 * alone, so SQLite should begin with them, and not with searching for the successor of every claim. It joins tables in
 * the order given where they are cross joined.
 */
const again = 'with again as materialized (select site_id, key, tenure from claim where tenure > 1)'
const takenAgain = 'again cross join claim taken cross join claim c'
const afterAnother = `
  taken.site_id = again.site_id and taken.key = again.key and taken.tenure = again.tenure
  and c.site_id = again.site_id and c.key = again.key and c.tenure = again.tenure - 1`

export const invariants: Invariant[] = [
  {
    holds: "Each person's claims are numbered from 1 without a gap.",
    broken: `
      select ${person('c')} || ': ' || c.claims || ' claims, numbered ' || c.first || ' to ' || c.last as what
      from (
        select site_id, person, count(*) as claims, min(number) as first, max(number) as last
        from claim group by site_id, person
      ) c
      where c.first <> 1 or c.last <> c.claims`,
  },
  {
    holds: "Each ID's claims are numbered from 1 without a gap.",
    broken: `
      select 'ID ' || c.key || ' on site ' || c.site_id || ': ' || c.claims || ' claims, numbered '
        || c.first || ' to ' || c.last as what
      from (
        select site_id, key, count(*) as claims, min(tenure) as first, max(tenure) as last
        from claim where key is not null group by site_id, key
      ) c
      where c.first <> 1 or c.last <> c.claims`,
  },
  {
    holds: 'Each ID has one holder at a time: earlier holders have given it up.',
    broken: `${again}
      select 'ID ' || c.key || ': still held by ' || ${person('c')} || ' and taken by ' || ${person('taken')} as what
      from ${takenAgain}
      left join claim later on later.site_id = c.site_id and later.person = c.person and later.number = c.number + 1
      where ${afterAnother} and later.site_id is null`,
  },
  {
    holds: "Each room's claims follow each other in time.",
    broken: `
      select ${person('c')} || ': claim ' || later.number || ' is of an earlier time than claim ' || c.number as what
      from claim c
      join claim later on later.site_id = c.site_id and later.person = c.person and later.number = c.number + 1
      where later.at < c.at`,
  },
  {
    holds: 'Nobody took an ID before its last holder gave it up.',
    broken: `${again}
      select 'ID ' || c.key || ': taken by ' || ${person('taken')} || ' before it was left by ' || ${person('c')} as what
      from ${takenAgain}
      join claim later on later.site_id = c.site_id and later.person = c.person and later.number = c.number + 1
      where ${afterAnother} and taken.at < later.at`,
  },
  {
    holds: 'Each claim belongs to an existing person.',
    broken: `
      select ${person('c')} || ': claim ' || c.number || ' on ' || coalesce(c.id, 'no ID') as what
      from (select distinct site_id, person from claim) held
      join claim c on c.site_id = held.site_id and c.person = held.person
      where not exists (select 1 from person p where p.site_id = held.site_id and p.person = held.person)`,
  },
  {
    holds: 'Each claim was made by an existing batch.',
    broken: `
      select ${person('c')} || ': claim ' || c.number || ' on ' || coalesce(c.id, 'no ID')
        || ' by batch ' || c.batch as what
      from (select distinct site_id, batch from claim) made
      join claim c on c.site_id = made.site_id and c.batch = made.batch
      where not exists (select 1 from batch b where b.site_id = made.site_id and b.batch = made.batch)`,
  },
  {
    holds: 'Each batch names the people whose rooms it changed.',
    broken: `
      select 'batch ' || b.batch || ' on site ' || b.site_id as what from batch b where b.people is null`,
  },
  {
    holds: 'Each claim has the same time as the batch that made it.',
    broken: `
      select ${person('c')} || ': claim ' || c.number || ' on ' || coalesce(c.id, 'no ID') as what
      from claim c cross join batch b
      where b.site_id = c.site_id and b.batch = c.batch and c.at <> b.at and (c.site_id, c.batch) in (
        select made.site_id, made.batch
        from (select site_id, batch, min(at) as first, max(at) as last from claim group by site_id, batch) made
        join batch mine on mine.site_id = made.site_id and mine.batch = made.batch
        where made.first <> mine.at or made.last <> mine.at)`,
  },
  {
    holds: "Each ID's key is its lower-case form.",
    broken: `
      select ${person('c')} || ': claim ' || c.number || ' on ' || coalesce(c.id, 'no ID')
        || ', compared as ' || coalesce(c.key, 'none') as what
      from claim c
      where (c.id is null and c.key is not null) or (c.id is not null and (c.key is null or lower(c.id) <> c.key))`,
  },
  {
    holds: 'Each person and each batch belongs to an existing site.',
    broken: `
      select ${person('p')} as what
      from person p left join site s on s.site_id = p.site_id where s.site_id is null
      union all
      select 'batch ' || b.batch || ' on site ' || b.site_id
      from batch b left join site s on s.site_id = b.site_id where s.site_id is null`,
  },
  {
    holds: 'No person has a number that the site will assign again.',
    broken: `
      select ${person('p')} || ': number ' || p.person || ', and the site has counted to ' || coalesce(s.last_person, 0) as what
      from person p left join site_people s on s.site_id = p.site_id where p.person > coalesce(s.last_person, 0)`,
  },
]
