// Companies, a hundred at a time. One that the target has already is recognised by its domain or its name, as its own imports do.

import type { Input, Output } from "../client.ts";
import { type Copying, given, idAt, ownerAt, refusalIn, tellCut, tellUnread } from "./copying.ts";
import { readFieldValues, valuesAt } from "./fields.ts";
import type { Copied } from "./ledger.ts";
import { listOf, pagesOf } from "./reading.ts";

type Account = Output<"accounts", "search">["accounts"][number];
type Row = NonNullable<Input<"accounts", "bulkCreate">["accounts"]>[number];
type Made = Output<"accounts", "bulkCreate">["created_accounts"][number];

export async function copyAccounts(copying: Copying, stageIds: readonly string[]) {
  const rowOf = await rows(copying);
  const { source, report, ledger } = copying;
  let done = 0;
  const pages = pagesOf<Account>(
    {
      call: "accounts.search",
      items: "accounts",
      ask: (input) => source.accounts.search(input),
      slices: stageIds.map((id) => ({ account_stage_ids: [id] })),
      sortBy: "account_created_at",
    },
    tellCut(copying, "companies"),
  );
  for await (const { items, total } of pages) {
    const fresh = items.filter(({ id }) => ledger.get("accounts", id) === undefined);
    report.count("accounts", "before", items.length - fresh.length);
    await copyPage(copying, fresh, rowOf);
    done += items.length;
    copying.show(done, total, "companies");
  }
}

async function rows(copying: Copying) {
  const fields = await readFieldValues(copying);
  const names = await listNames(copying);
  return (one: Account): Row =>
    given({
      name: one.name?.trim() || one.domain,
      domain: one.domain ?? one.primary_domain,
      owner_id: ownerAt(copying, one.owner_id),
      account_stage_id: idAt(copying, "account_stages", one.account_stage_id),
      phone: one.phone,
      website_url: one.website_url,
      raw_address: one.raw_address,
      linkedin_url: one.linkedin_url,
      twitter_url: one.twitter_url,
      facebook_url: one.facebook_url,
      logo_url: one.logo_url,
      industry: one.industry,
      estimated_num_employees: one.estimated_num_employees,
      annual_revenue: one.annual_revenue,
      founded_year: one.founded_year,
      crm_owner_id: one.crm_owner_id,
      salesforce_id: one.salesforce_id,
      hubspot_id: one.hubspot_id,
      typed_custom_fields: valuesAt(fields, one.typed_custom_fields),
      label_names: (one.label_ids ?? []).flatMap((id) => names.get(id) ?? []),
    }) as Row;
}

/** The names of lists by the source's ids. */
export async function listNames({ source }: Copying) {
  const lists = await listOf<{ id: string; name: string }>("labels.list", "", () => source.labels.list());
  return new Map(lists.map(({ id, name }) => [id, name]));
}

/** No two of one name go in one call: by their names the answer tells those that were made from those that were there. */
async function copyPage(copying: Copying, items: readonly Account[], rowOf: (one: Account) => Row) {
  const names = new Set<string>();
  const [now, later]: [Account[], Account[]] = [[], []];
  for (const one of items) {
    const name = plain(rowOf(one).name);
    (names.has(name) ? later : now).push(one);
    names.add(name);
  }
  await copySome(copying, now, rowOf);
  if (later.length > 0) await copyPage(copying, later, rowOf);
}

async function copySome(copying: Copying, items: readonly Account[], rowOf: (one: Account) => Row) {
  const [first] = items;
  if (!first) return;
  const { target, ledger, report, isDry } = copying;
  const asCopy = ({ id }: Account): Copied => ({ kind: "accounts", from: id, to: `new ${id}`, made: true });
  if (isDry) return keep(copying, items.map(asCopy));
  const asked = items.map(rowOf);
  try {
    const options = { idempotencyKey: ledger.keyFor("accounts", `${first.id} ${items.length}`) };
    const answer = await target.accounts.bulkCreate({ accounts: asked, run_dedupe: true }, options);
    await keep(copying, paired(items, asked, answer));
    tellUnread(copying, "accounts", answer.field_errors, (n) => items[n]?.name);
  } catch (error) {
    const why = await refusalIn(error);
    if (items.length === 1) report.leaveOut("accounts", why, first.name ?? first.id);
    else for (const each of items) await copySome(copying, [each], rowOf); // one of them is to blame
  }
}

async function keep({ ledger, report }: Copying, copied: readonly Copied[]) {
  await ledger.put(copied);
  report.count("accounts", "made", copied.filter(({ made }) => made).length);
  report.count("accounts", "existing", copied.filter(({ made }) => !made).length);
}

/** The answer has two lists, each in the order of the rows. */
function paired(
  items: readonly Account[],
  asked: readonly Row[],
  {
    created_accounts: created,
    existing_accounts: existing,
  }: { created_accounts: Made[]; existing_accounts: Made[] },
): Copied[] {
  let [c, e] = [0, 0];
  const copied = items.flatMap((one, n): Copied[] => {
    const made = created[c];
    const isNew = made !== undefined && plain(made.name) === plain(asked[n]?.name);
    const to = isNew ? created[c++] : existing[e++];
    return to ? [{ kind: "accounts", from: one.id, to: to.id, made: isNew }] : [];
  });
  if (c < created.length || e < existing.length || copied.length < items.length)
    throw new Error("The companies in the answer cannot be told apart.");
  return copied;
}

const plain = (name: string | null | undefined) => (name ?? "").replace(/\s+/g, " ").trim().toLowerCase();
