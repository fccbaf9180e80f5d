// Contacts, a hundred at a time. A contact whose email address the target has already stays as it is there; only opt-outs of the source
// are added.

import { type Contact, contactRows, optOutsOf, type Row, type RowOf } from "./contact-rows.ts";
import { type Copying, type Place, refusalIn, tellCut, tellUnread } from "./copying.ts";
import type { Copied } from "./ledger.ts";
import { pagesOf } from "./reading.ts";

export async function copyContacts(copying: Copying, stageIds: readonly string[]) {
  const rowOf = await contactRows(copying);
  const { source, report, ledger } = copying;
  await finishEarlierRun(copying);
  let done = 0;
  const pages = pagesOf<Contact>(
    {
      call: "contacts.search",
      items: "contacts",
      ask: (input) => source.contacts.search(input),
      slices: stageIds.map((id) => ({ contact_stage_ids: [id] })),
      sortBy: "contact_created_at",
    },
    tellCut(copying, "contacts"),
  );
  for await (const { items, total } of pages) {
    const fresh = items.filter(({ id }) => ledger.get("contacts", id) === undefined);
    report.count("contacts", "before", items.length - fresh.length);
    await copyPage(copying, fresh, rowOf);
    for (const one of items) notePlaces(copying, one);
    done += items.length;
    copying.show(done, total, "contacts");
  }
}

async function copyPage(copying: Copying, items: readonly Contact[], rowOf: RowOf) {
  const there = await existingBy(copying, items);
  const [known, fresh, twins]: [Contact[], Contact[], Contact[]] = [[], [], []];
  const addresses = new Set<string>();
  for (const one of items) {
    const email = addressOf(one);
    if (there.has(email)) known.push(one);
    else if (email && addresses.has(email)) twins.push(one);
    else fresh.push(one);
    addresses.add(email);
  }
  await useThose(copying, known, there);
  await makeSome(copying, fresh, rowOf);
  if (twins.length === 0) return;
  const firstBy = new Map(
    fresh.flatMap((one) => {
      const to = copying.ledger.get("contacts", one.id);
      return to ? [[addressOf(one), to] as const] : [];
    }),
  );
  await useThose(copying, twins, firstBy);
}

/** Also of two contacts of the source with one address: they become one. */
async function useThose(copying: Copying, items: readonly Contact[], idBy: ReadonlyMap<string, string>) {
  for (const one of items) {
    const to = idBy.get(addressOf(one));
    if (to === undefined) {
      copying.report.leaveOut("contacts", "The contact with the same address was left out.", addressOf(one));
      continue;
    }
    await keepOptOuts(copying, to, one);
    await copying.ledger.put([{ kind: "contacts", from: one.id, to, made: false }]);
    copying.report.count("contacts", "existing", 1);
  }
}

const addressOf = ({ email }: Contact) => (email ?? "").trim().toLowerCase();

async function existingBy({ target }: Copying, items: readonly Contact[]) {
  const emails = items.map(addressOf).filter(Boolean);
  const found = new Map<string, string>();
  if (emails.length === 0) return found;
  for await (const one of target.contacts.search.each({ contact_emails: emails }))
    for (const { email } of [{ email: one.email ?? "" }, ...one.contact_emails])
      if (!found.has(email.toLowerCase())) found.set(email.toLowerCase(), one.id);
  return found;
}

async function keepOptOuts({ target, isDry }: Copying, id: string, one: Contact) {
  const marks = optOutsOf(one);
  if (!isDry && Object.keys(marks).length > 0) await target.contacts.update({ id, ...marks });
}

async function makeSome(copying: Copying, items: readonly Contact[], rowOf: RowOf) {
  const [first] = items;
  if (!first) return;
  const { ledger, report, isDry } = copying;
  const ids = items.map(({ id }) => id);
  if (isDry)
    return keep(
      copying,
      ids,
      ids.map((id) => `new ${id}`),
    );
  const rows = items.map(rowOf);
  try {
    await create(copying, { ids, rows, key: await ledger.send("contacts", ids, rows) });
  } catch (error) {
    const why = await refusalIn(error);
    if (items.length === 1) report.leaveOut("contacts", why, first.name ?? first.id);
    else for (const each of items) await makeSome(copying, [each], rowOf); // one of them is to blame
  }
}

/** The same call under the same key: the target answers with the contacts that it has made. If it refuses, they come with their page. */
async function finishEarlierRun(copying: Copying) {
  const batch = copying.isDry ? null : copying.ledger.unanswered("contacts");
  if (!batch) return;
  try {
    await create(copying, { ...batch, rows: batch.rows as Row[] });
  } catch (error) {
    await refusalIn(error);
  }
}

async function create(copying: Copying, { ids, rows, key }: { ids: string[]; rows: Row[]; key: string }) {
  const { created_contacts: created, field_errors } = await copying.target.contacts.bulkCreate(
    { contacts: rows },
    { idempotencyKey: key },
  );
  if (created.length !== ids.length) throw new Error("The contacts in the answer cannot be told apart.");
  await keep(
    copying,
    ids,
    created.map(({ id }) => id),
  ); // in the order of the rows
  tellUnread(copying, "contacts", field_errors, (n) => rows[n]?.email ?? rows[n]?.name);
}

async function keep({ ledger, report }: Copying, ids: readonly string[], made: readonly string[]) {
  await ledger.put(ids.map((from, n): Copied => ({ kind: "contacts", from, to: made[n] ?? "", made: true })));
  report.count("contacts", "made", ids.length);
}

type Status = Contact["contact_campaign_statuses"][number];

/** A sequence that is switched off pauses its contacts too: they go on with it. */
function isPausedByItself({ status, inactive_reason: reason, paused_at }: Status) {
  if (status !== "paused") return false;
  return reason ? !/^sequence (?:inactive|archived)/i.test(reason) : Boolean(paused_at);
}

const OVER: ReadonlySet<unknown> = new Set(["finished", "failed"]);

function notePlaces(copying: Copying, one: Contact) {
  for (const status of one.contact_campaign_statuses ?? []) {
    const place: Place = {
      contactId: one.id,
      name: one.email ?? one.name ?? one.id,
      step: status.current_step_position ?? null,
      isOver: OVER.has(status.status),
      paused: isPausedByItself(status) ? { until: status.auto_unpause_at } : null,
      mailboxId: status.send_email_from_email_account_id,
    };
    const places = copying.places.get(status.emailer_campaign_id) ?? [];
    places.push(place);
    copying.places.set(status.emailer_campaign_id, places);
  }
}
