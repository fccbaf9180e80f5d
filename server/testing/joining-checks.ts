// What must hold of a team's sequences whatever raced, was killed or failed. Asked behind the scenes: every line that
// comes back is a broken promise.

import { asOwner } from "./wire.ts";
import type { Team, World } from "./world.ts";

const BROKEN = `
  with mine as (select e.*, s.is_active, s.archived_at from enrollments e
                  join sequences s on s.team_id = e.team_id and s.id = e.sequence_id where e.team_id = $1),
  told as (select subject_id, type, position from events where team_id = $1 and type like 'enrollment.%'),
  last as (select distinct on (subject_id) subject_id, type from told
            where type not in ('enrollment.moved', 'enrollment.branched', 'enrollment.skipped') order by subject_id, position desc)
  select 'twice in a sequence' as broken, sequence_id || '/' || contact_id as whom from mine
   where state in ('active', 'paused') group by 2 having count(*) > 1
  union all select 'on the move in a sequence that is off', id from mine
   where state = 'active' and (not is_active or archived_at is not null)
  union all select 'waiting for a sequence that is on', id from mine
   where state = 'paused' and inactive_reason = 'Sequence inactive' and is_active
  union all select 'live though barred', m.id from mine m join contacts c on c.team_id = m.team_id and c.id = m.contact_id
   where m.state in ('active', 'paused') and (c.email_unsubscribed or c.do_not_contact)
  union all select 'added and never there', v.enrollment_id from verdicts v
   where v.team_id = $1 and v.code is null
     and not exists (select from mine m where m.id = v.enrollment_id)
     and not exists (select from told t where t.subject_id = v.enrollment_id and t.type = 'enrollment.removed')
  union all select 'neither added nor skipped', v.request_id || '/' || v.contact_id from verdicts v
   where v.team_id = $1 and (v.code is null) <> (v.enrollment_id is not null)
  union all select 'there without a verdict', m.id from mine m
    left join (select enrollment_id, count(*) from verdicts where team_id = $1 group by 1) v on v.enrollment_id = m.id
   where v.count is distinct from 1
  union all select 'job without its verdicts', p.id from progress p
   where p.team_id = $1 and p.job_type = 'sequence_add_contact' and p.status = 'done'
     and ((select count(*) from verdicts v where v.team_id = $1 and v.request_id = p.id) <> p.total
       or (select count(*) from progress_items i where i.team_id = $1 and i.progress_id = p.id and i.outcome is not null) <> p.total
       or exists (select from progress_items i left join verdicts v
                      on v.team_id = $1 and v.request_id = p.id and v.contact_id = i.item_key
                   where i.team_id = $1 and i.progress_id = p.id
                     and (v.request_id is null or i.code is distinct from v.code)))
  union all select 'told of nothing that happened', subject_id from told t
   where t.type = 'enrollment.added' and not exists (select from verdicts v where v.team_id = $1 and v.enrollment_id = t.subject_id)
  union all select 'joining not told once', m.id from mine m
    left join (select subject_id, count(*) from told where type = 'enrollment.added' group by 1) t on t.subject_id = m.id
   where t.count is distinct from 1
  union all select 'stands otherwise than told: ' || m.state || ' after ' || coalesce(l.type, 'nothing'), m.id
    from mine m left join last l on l.subject_id = m.id
   where not case l.type when 'enrollment.added' then m.state in ('active', 'paused')
                         when 'enrollment.resumed' then m.state = 'active'
                         else coalesce('enrollment.' || m.state = l.type, false) end
  union all select 'skips not told: ' || count(*) || ' of ' || max(skips.n), 'all' from events,
         (select count(*) as n from verdicts where team_id = $1 and code is not null and code <> 'contact_not_found') skips
   where team_id = $1 and type = 'enrollment.skipped' having count(*) <> max(skips.n)`;

export function brokenPromises(world: Pick<World, "ownerConnection">, team: Pick<Team, "id">) {
  return asOwner(world, async (client) => {
    await client.query("analyze enrollments, events, verdicts, progress_items"); // thousands came a moment ago
    const { rows } = await client.query<{ broken: string; whom: string }>(BROKEN, [team.id]);
    return rows.map(({ broken, whom }) => `${broken}: ${whom}`);
  });
}

/** Where the counts that sequences show differ from their rows. */
export async function wrongCounts(
  world: Pick<World, "ownerConnection">,
  { api }: Pick<Team, "api">,
  sequenceIds: readonly string[],
) {
  const counted = await asOwner(world, async (client) => {
    const { rows } = await client.query<Record<string, number> & { id: string }>(
      `select s.id, count(e)::int as num_contacts, count(*) filter (where e.state = 'active')::int as active,
              count(*) filter (where e.state = 'paused')::int as paused,
              count(*) filter (where e.state = 'finished')::int as finished,
              count(*) filter (where e.state = 'failed')::int as failed
         from sequences s left join enrollments e
           on e.team_id = s.team_id and e.sequence_id = s.id and e.state <> 'removed'
        where s.id = any($1)
        group by s.id`,
      [sequenceIds],
    );
    return rows;
  });
  const wrong = counted.map(async ({ id, ...own }) => {
    const { emailer_campaign: shown } = await api.sequences.show({ id });
    const { active, paused, finished, failed } = shown.contact_statuses;
    const said: Record<string, number> = {
      num_contacts: shown.num_contacts,
      active,
      paused,
      finished,
      failed,
    };
    return Object.keys(own).flatMap((key) =>
      said[key] === own[key] ? [] : [`${id} shows ${said[key]} ${key}, and has ${own[key]}`],
    );
  });
  return (await Promise.all(wrong)).flat();
}

/**
 * Contacts of requests that have no verdict there, or more than one; and verdicts about contacts the request did not
 * name.
 */
export function verdictsAstray(
  world: Pick<World, "ownerConnection">,
  requests: readonly { requestId: string; contactIds: readonly string[] }[],
) {
  const pairs = requests.flatMap(({ requestId, contactIds }) =>
    [...new Set(contactIds)].map((contactId) => [requestId, contactId] as const),
  );
  return asOwner(world, async (client) => {
    const { rows } = await client.query<{ astray: string }>(
      `select coalesce(wanted.request_id, found.request_id) || '/' || coalesce(wanted.id, found.contact_id) as astray
         from unnest($2::text[], $3::text[]) as wanted (request_id, id)
         full join (select request_id, contact_id, count(*) from verdicts where request_id = any($1) group by 1, 2) found
           on found.request_id = wanted.request_id and found.contact_id = wanted.id
        where wanted.id is null or coalesce(found.count, 0) <> 1`,
      [requests.map(({ requestId }) => requestId), pairs.map(([id]) => id), pairs.map(([, id]) => id)],
    );
    return rows.map(({ astray }) => astray);
  });
}
