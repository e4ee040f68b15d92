import type { AddressedBy } from '../../rooms/batch-shape.ts'

/**
 * The single-statement batch as a function, for Citus alone. Citus refuses row locks inside a statement that also
 * writes, but runs a function on the machine that holds the site. Inside, each statement sees what was committed before
 * that statement began, so what is read after locking is current. On a single PostgreSQL the plain statement is faster.
 */
interface BatchFunction {
  name: string
  /** The function's signature as Citus wants it: with the types of its arguments. */
  signature: string
  create: string
}

export const batchFunctions: Record<AddressedBy, BatchFunction> = {
  email: batchFunction('roomkey_refresh_by_email', 'email_key'),
  personId: batchFunction('roomkey_refresh_by_person_id', 'person_id'),
}

function batchFunction(name: string, address: string): BatchFunction {
  const create = `
create or replace function ${name}(
  of_site int, addresses text[], ids text[], keys text[], new_batch bigint, now_ms bigint,
  by_token text, tracking text, rotation text, method text, prefix text, length int
) returns table (item bigint, person int, "personId" text, email text, number int)
language plpgsql set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $body$
#variable_conflict use_column
declare
  items bigint[];
  people int[];
  person_ids text[];
  emails text[];
  numbers int[];
  unchanged boolean;
  batch_at bigint;
begin
  perform from site s where s.site_id = of_site
    and (s.lock_token_id is null or s.lock_token_id = by_token or s.lock_until <= now_ms)
    and (method is null or (s.generation_method, s.id_prefix, s.id_length) = (method, prefix, length));
  if not found then return; end if;

  perform from person p
    where p.site_id = of_site and p.${address} = any (addresses) and p.email_key is not null
    order by p.person for no key update;

  select array_agg(asked.item), array_agg(p.person), array_agg(p.person_id), array_agg(p.email),
      array_agg(coalesce(newest.number, 0) + 1), bool_or(newest.key is not distinct from asked.key),
      greatest(now_ms, max(newest.at))
    into items, people, person_ids, emails, numbers, unchanged, batch_at
    from unnest(addresses, keys) with ordinality as asked (address, key, item)
    join person p on p.site_id = of_site and p.${address} = asked.address and p.email_key is not null and p.host = 1
    left join lateral (
      select c.number, c.key, c.at from claim c
      where c.site_id = of_site and c.person = p.person order by c.number desc limit 1
    ) newest on true;
  if coalesce(cardinality(people), 0) <> cardinality(addresses) or unchanged then return; end if;

  insert into batch (site_id, batch, at, token_id, tracking_id, rotation_id, people)
    values (of_site, new_batch, batch_at, by_token, tracking, rotation, to_json(people)::text);
  insert into outbox (site_id, batch) select s.site_id, new_batch from site s
    where s.site_id = of_site and s.announces = 1;
  insert into claim (site_id, person, number, id, key, tenure, batch, at)
    select of_site, new.person, new.number, ids[new.item::int], keys[new.item::int], 1, new_batch, batch_at
    from unnest(items, people, numbers) as new (item, person, number)
    order by keys[new.item::int] collate "C";
  return query select * from unnest(items, people, person_ids, emails, numbers);
end
$body$`
  return {
    name,
    signature: `${name}(int, text[], text[], text[], bigint, bigint, text, text, text, text, text, int)`,
    create,
  }
}
