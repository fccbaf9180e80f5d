// Which account and which company are one: the account names the company, or names none and has its domain. Of several
// companies at a domain the oldest is meant. Every answer that shows the one beside the other asks here.

const olderAt = (
  one: string,
  other: string,
) => `${one}.team_id = ${other}.team_id and ${one}.domain = ${other}.domain
    and (${one}.created_at, ${one}.id) < (${other}.created_at, ${other}.id)`;

/** The company that account `a` is. */
export const organizationOf = (a: string) => `coalesce(${a}.organization_id,
    (select t.id from organizations t where t.team_id = ${a}.team_id and t.domain = ${a}.domain order by t.created_at, t.id limit 1))`;

/** The account that company `o` is saved as: one that names it before one at its domain, the oldest of several. */
export const accountOf = (o: string) => `(select t.id from (
    select 0 as way, n.created_at, n.id from accounts n where n.team_id = ${o}.team_id and n.organization_id = ${o}.id
     union all
    select 1, d.created_at, d.id from accounts d
     where d.team_id = ${o}.team_id and d.organization_id is null and d.domain = ${o}.domain
       and not exists (select from organizations e where ${olderAt("e", o)})) t
    order by t.way, t.created_at, t.id limit 1)`;

/** Whether company `o` is saved, in a search of the team's own. */
export const isSavedAsAccount = (o: string) => `(
    exists (select from team_accounts n where n.team_id = $1 and n.organization_id = ${o}.id)
    or exists (select from team_accounts d where d.team_id = $1 and d.organization_id is null and d.domain = ${o}.domain
         and not exists (select from team_organizations e where ${olderAt("e", o)})))`;
