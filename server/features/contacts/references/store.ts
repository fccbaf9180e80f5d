// Ids that come from outside and name something else of the team: which of them there are.

import type { Db } from "../../../db/connect.ts";

export type References = {
  users?: readonly (string | null | undefined)[];
  contacts?: readonly (string | null | undefined)[];
  accounts?: readonly (string | null | undefined)[];
  deals?: readonly (string | null | undefined)[];
  tasks?: readonly (string | null | undefined)[];
  callOutcomes?: readonly (string | null | undefined)[];
  callPurposes?: readonly (string | null | undefined)[];
};

/** The first id that names nothing, or null. One question for any number of them. */
export async function firstUnknown(db: Db, teamId: string, wanted: References): Promise<string | null> {
  const kinds = KINDS.map((kind) => [...new Set((wanted[kind] ?? []).filter((id) => id != null))]);
  if (kinds.every((ids) => ids.length === 0)) return null;
  const row = await db.row<{ id: string }>(
    `select id
       from (select 'users' as kind, unnest($2::text[]) as id
             union all select 'contacts', unnest($3::text[])
             union all select 'accounts', unnest($4::text[])
             union all select 'deals', unnest($5::text[])
             union all select 'tasks', unnest($6::text[])
             union all select 'callOutcomes', unnest($7::text[])
             union all select 'callPurposes', unnest($8::text[])) as w
      where not case kind
              when 'users' then exists (select from users x where x.team_id = $1 and x.id = w.id)
              when 'contacts' then exists (select from contacts x where x.team_id = $1 and x.id = w.id)
              when 'accounts' then exists (select from accounts x where x.team_id = $1 and x.id = w.id)
              when 'deals' then exists (select from deals x where x.team_id = $1 and x.id = w.id)
              when 'tasks' then exists (select from tasks x where x.team_id = $1 and x.id = w.id)
              when 'callOutcomes' then exists (select from call_outcomes x where x.team_id = $1 and x.id = w.id)
              else exists (select from call_purposes x where x.team_id = $1 and x.id = w.id)
            end
      limit 1`,
    [teamId, ...kinds],
  );
  return row?.id ?? null;
}

const KINDS = ["users", "contacts", "accounts", "deals", "tasks", "callOutcomes", "callPurposes"] as const;
