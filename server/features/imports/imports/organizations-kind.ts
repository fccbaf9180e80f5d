// A row becomes a company of the store: a new one, or the one that is meant by the source's id, its domain, profile or name.

import type { Act } from "../../../app.ts";
import { ORGANIZATION_TARGETS } from "../../../domain/imports/import-store-fields.ts";
import type { SaidOrganization } from "../../../domain/imports/import-store-rows.ts";
import type { OrganizationWish } from "../../../domain/prospecting/organization.ts";
import { newId } from "../../../kernel/ids.ts";
import { saveOrganizations } from "../../contacts/organizations/commands.ts";
import {
  deleteOrganizations,
  organizationFacts,
  restoreOrganizations,
} from "../../contacts/organizations/store.ts";
import {
  type Byproduct,
  keepToldAgain,
  noteByproducts,
} from "../../prospecting/import-rows/byproducts-store.ts";
import { usedOrganizations } from "../../prospecting/import-rows/records-store.ts";
import { writeJobPostings } from "../../prospecting/job-postings/store.ts";
import { type Laid, writeNews } from "../../prospecting/news/store.ts";
import type { ImportInProgress } from "./kinds.ts";
import { kindOfStore } from "./people-import.ts";

export const organizations = kindOfStore<OrganizationWish, SaidOrganization>({
  name: "organizations",
  jobType: "organization_import",
  targets: ORGANIZATION_TARGETS,
  knownBy: ["name", "domain", "website_url", "linkedin_url", "external_id"],
  save: saveOrganizations,
  alongside: tellMore,
  used: ({ db, caller }, ids) => usedOrganizations(db, caller.teamId, ids),
  facts: ({ db, caller }, ids) => organizationFacts(db, caller.teamId, ids),
  restore: ({ db, now, caller }, rows) => restoreOrganizations(db, caller.teamId, rows, now),
  remove: ({ db, caller }, ids) => deleteOrganizations(db, caller.teamId, ids),
});

/** Open positions and news, known again by their own ids, else by their address or title. */
async function tellMore(
  { db, now, caller }: Act,
  { id: importId, options: { source } }: ImportInProgress,
  rows: readonly { id: string; said: SaidOrganization }[],
) {
  const since = (date: string | null) => (date === null ? now : Temporal.Instant.from(`${date}T00:00:00Z`));
  const postings = rows.flatMap(({ id, said }) =>
    said.postings.map(({ postedOn, ...posting }) => {
      const externalId = posting.externalId ?? `${id} ${posting.url ?? posting.title}`;
      return { ...posting, id: newId(), organizationId: id, externalId, postedAt: since(postedOn) };
    }),
  );
  const articles = rows.flatMap(({ id, said }) =>
    said.articles.map(({ publishedOn, ...article }) => {
      const externalId = article.externalId ?? article.url ?? `${id} ${article.title}`;
      return { ...article, id: newId(), organizationIds: [id], externalId, publishedAt: since(publishedOn) };
    }),
  );
  const ids = (some: readonly { externalId: string }[]) => some.map(({ externalId }) => externalId);
  const told = { source, postings: ids(postings), articles: ids(articles) };
  await keepToldAgain(db, caller.teamId, importId, told, now);
  const made =
    postings.length > 0
      ? await writeJobPostings(db, caller.teamId, lastByExternalId(postings), source, now)
      : [];
  const laid = articles.length > 0 ? await writeNews(db, caller.teamId, together(articles), source, now) : [];
  await noteByproducts(db, caller.teamId, importId, [...made.map(posting), ...laid.flatMap(article)], now);
  return rows.map(({ said }) => said.postings.length + said.articles.length > 0);
}

const posting = (recordId: string): Byproduct => ({
  kind: "job_posting",
  recordId,
  wasMade: true,
  differences: [],
});

function article({ id, isNew, laidTo }: Laid): Byproduct[] {
  return isNew || laidTo.length > 0
    ? [{ kind: "article", recordId: id, wasMade: isNew, differences: laidTo }]
    : [];
}

function lastByExternalId<Row extends { externalId: string }>(rows: readonly Row[]) {
  return [...new Map(rows.map((row) => [row.externalId, row])).values()];
}

/** One article may be about several companies. */
function together<Row extends { externalId: string; organizationIds: string[] }>(rows: readonly Row[]) {
  const all = new Map<string, Row>();
  for (const row of rows) {
    const organizationIds = [...(all.get(row.externalId)?.organizationIds ?? []), ...row.organizationIds];
    all.set(row.externalId, { ...row, organizationIds: [...new Set(organizationIds)] });
  }
  return [...all.values()];
}
