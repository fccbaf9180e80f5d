import type { Db } from "../../../db/connect.ts";
import { countUpTo } from "../../contacts/searching/store.ts";

type NewsFilter = {
  organizationIds: readonly string[];
  categories: readonly string[] | null;
  published: { min: Temporal.Instant | null; max: Temporal.Instant | null };
};

type ArticleRow = {
  id: string;
  url: string | null;
  domain: string | null;
  title: string;
  snippet: string | null;
  organizationIds: string[];
  publishedAt: Temporal.Instant;
  eventCategories: string[];
};

const WHERE = `n.team_id = $1
  and n.id in (select article_id from news_article_organizations where team_id = $1 and organization_id = any ($2::text[]))
  and ($3::text[] is null or n.event_categories && $3::text[])
  and ($4::timestamptz is null or n.published_at >= $4::timestamptz)
  and ($5::timestamptz is null or n.published_at <= $5::timestamptz)`;

/** The page, the newest first, and how many there are. */
export async function searchNews(
  db: Db,
  teamId: string,
  { organizationIds, categories, published }: NewsFilter,
  { limit, offset }: { limit: number; offset: number },
) {
  const params = [teamId, organizationIds, categories, published.min, published.max];
  const articles = await db.rows<ArticleRow>(
    `select n.id, n.url, n.domain, n.title, n.snippet, n.published_at, n.event_categories,
            array(select organization_id from news_article_organizations o
                   where o.team_id = n.team_id and o.article_id = n.id order by organization_id) as organization_ids
       from news_articles n where ${WHERE}
      order by n.published_at desc, n.id desc limit $6 offset $7`,
    [...params, limit, offset],
  );
  return { articles, total: await countUpTo(db, { from: "news_articles n", where: WHERE }, params) };
}

export type ArticleWish = {
  externalId: string | null;
  organizationIds: readonly string[];
  title: string;
  url?: string | null;
  domain?: string | null;
  snippet?: string | null;
  publishedAt: Temporal.Instant;
  eventCategories?: readonly string[];
};

/** `isNew`: it was not there before. `laidTo`: the companies that it was not shown with before. */
export type Laid = { id: string; isNew: boolean; laidTo: string[] };

/** Known by the source's own id, and shown with those of its companies that are there. */
export async function writeNews(
  db: Db,
  teamId: string,
  rows: readonly (ArticleWish & { id: string })[],
  source: string,
  now: Temporal.Instant,
) {
  return db.rows<Laid>(
    `with given as (
       select * from jsonb_to_recordset($2::jsonb) as g (id text, "externalId" text, "organizationIds" text[], title text, url text,
              domain text, snippet text, "publishedAt" timestamptz, "eventCategories" text[])
     ), written as (
       insert into news_articles (team_id, id, source, external_id, url, domain, title, snippet, published_at, event_categories, told_at)
       select $1, id, $3, "externalId", url, domain, title, snippet, "publishedAt", coalesce("eventCategories", '{}'), $4 from given
       on conflict (team_id, source, external_id) where external_id is not null
       do update set url = excluded.url, domain = excluded.domain, title = excluded.title, snippet = excluded.snippet,
                     published_at = excluded.published_at, event_categories = excluded.event_categories,
                     told_at = excluded.told_at
       returning id, external_id
     ), laid as (
       insert into news_article_organizations (team_id, organization_id, article_id)
       select $1, o.id, w.id
         from written w
         join given g on g.id = w.id or g."externalId" = w.external_id
        cross join lateral unnest(g."organizationIds") as named (id)
         join organizations o on o.team_id = $1 and o.id = named.id
       on conflict do nothing
       returning article_id, organization_id
     )
     select w.id, w.id in (select id from given) as is_new,
            array(select l.organization_id from laid l where l.article_id = w.id) as laid_to
       from written w`,
    [teamId, JSON.stringify(rows), source, now],
  );
}

/**
 * Removes news that no source has reported since, or unlinks them from these companies. Answers which, and which are
 * still there.
 */
export async function removeNews(
  db: Db,
  teamId: string,
  rows: readonly {
    recordId: string;
    wasMade: boolean;
    organizationIds: readonly string[];
    touchedAt: Temporal.Instant;
  }[],
) {
  const gone = await db.rows<{ id: string }>(
    `with told as (
       select g."recordId" as id, g."wasMade" as was_made, g."organizationIds" as laid_to
         from jsonb_to_recordset($2::jsonb) as g ("recordId" text, "wasMade" boolean, "organizationIds" text[], "touchedAt" timestamptz)
         join news_articles n on n.team_id = $1 and n.id = g."recordId" and n.told_at <= g."touchedAt"
     ), deleted as (
       delete from news_articles n using told t where n.team_id = $1 and n.id = t.id and t.was_made
     ), unlaid as (
       delete from news_article_organizations o using told t
        where o.team_id = $1 and o.article_id = t.id and not t.was_made and o.organization_id = any (t.laid_to)
     )
     select id from told`,
    [teamId, JSON.stringify(rows)],
  );
  const there = await db.rows<{ id: string }>(
    "select id from news_articles where team_id = $1 and id = any ($2::text[])",
    [teamId, rows.map(({ recordId }) => recordId)],
  );
  return { gone: gone.map(({ id }) => id), there: there.map(({ id }) => id) };
}
