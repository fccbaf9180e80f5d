// What a record has where a filter asks: the values that a trial shows beside each filter.

import type { Db } from "../../../db/connect.ts";
import type { Entity } from "../../../domain/automation/workflow.ts";

const NAME = "coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email)";

/** By filter. Names that everybody of the team sees; sequences, which may be hidden, are not among them. */
const VALUES: Record<Entity, string> = {
  contact: `select jsonb_build_object(
      'contact_stage_ids', s.name, 'contact_owner_ids', ${NAME}, 'q_title', c.title, 'q_organization_name', c.organization_name,
      'q_organization_domains', c.company_domain, 'email_statuses', c.email_status, 'has_phone_number', c.sanitized_phone,
      'organization_num_employees_ranges', a.estimated_num_employees::text, 'q_industry', a.industry,
      'has_linkedin_url', c.linkedin_url, 'q_location', concat_ws(', ', c.city, c.state, c.country),
      'contact_label_ids', l.names, 'label_names', l.names, 'contact_created_at_range', c.created_at::date) as values
    from contacts c
    left join accounts a on a.team_id = $1 and a.id = c.account_id
    left join contact_stages s on s.team_id = $1 and s.id = c.contact_stage_id
    left join users u on u.team_id = $1 and u.id = c.owner_id
    left join lateral (select string_agg(b.name, ', ' order by b.name) as names from contact_labels x
                         join labels b on b.team_id = $1 and b.id = x.label_id
                        where x.team_id = $1 and x.contact_id = c.id) l on true
   where c.team_id = $1 and c.id = $2`,
  account: `select jsonb_build_object(
      'account_stage_ids', s.name, 'account_owner_ids', ${NAME}, 'q_organization_name', a.name,
      'q_organization_domains_list', a.domain, 'account_label_ids', l.names,
      'organization_num_employees_ranges', a.estimated_num_employees::text, 'q_industry', a.industry) as values
    from accounts a
    left join account_stages s on s.team_id = $1 and s.id = a.account_stage_id
    left join users u on u.team_id = $1 and u.id = a.owner_id
    left join lateral (select string_agg(b.name, ', ' order by b.name) as names from account_labels x
                         join labels b on b.team_id = $1 and b.id = x.label_id
                        where x.team_id = $1 and x.account_id = a.id) l on true
   where a.team_id = $1 and a.id = $2`,
  person: `select jsonb_build_object('person_titles', p.title, 'q_organization_name', p.organization_name) as values
    from people p where p.team_id = $1 and p.id = $2`,
};

export async function valuesOf(
  db: Db,
  teamId: string,
  entity: Entity,
  id: string,
): Promise<Map<string, string>> {
  const row = await db.row<{ values: Record<string, string | null> }>(VALUES[entity], [teamId, id]);
  return new Map(
    Object.entries(row?.values ?? {}).flatMap(([filter, value]) => (value ? [[filter, value]] : [])),
  );
}
