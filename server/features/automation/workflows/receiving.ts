// From what came by webhook to candidates: whom it names is looked for, or made a contact where the workflow says so.

import type { Act } from "../../../app.ts";
import { isEmailAddress, readEmail } from "../../../domain/contacts/contact-emails.ts";
import { bookingIn } from "../../../domain/receiving/bookings.ts";
import { mergedInto } from "../../contacts/contact-rows/merged-into-store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { accountsOfContacts } from "../../events/following/events-store.ts";
import { noteBookings } from "../../receiving/bookings/commands.ts";
import { makeContacts } from "../../saving/contact-writing/commands.ts";
import type { ContactWrite } from "../../saving/contact-writing/contact-write.ts";
import { MAKING } from "../automation-rights/calls.ts";
import { mayHaveDone } from "../automation-rights/rights.ts";
import { takeToday } from "./listening.ts";
import { contactsByEmail, lockPayloads, markTaken, type PayloadRow } from "./payloads-store.ts";
import { lockWorkflow, type WorkflowRow } from "./store.ts";

const AT_ONCE = 500;

export async function receive(act: Act, workflowId: string) {
  const { db, now, caller } = act;
  const { teamId } = caller;
  const workflow = await lockWorkflow(db, teamId, workflowId);
  const payloads = workflow ? await lockPayloads(db, teamId, workflowId, AT_ONCE) : [];
  if (!workflow || payloads.length === 0) return;
  const contacts = await contactsIn(act, workflow, payloads);
  await noteBookings(
    { ...byCaller(act), userId: null, apiKeyId: null }, // the contact booked, and not the owner of the workflow
    payloads.flatMap(({ id, body }) => {
      const [booking, contactId] = [bookingIn(body), contacts.get(id)];
      return booking && contactId ? [{ ...booking, contactId }] : [];
    }),
  );
  const through = await accountsOfContacts(db, teamId, [...contacts.values()]);
  const accounts = await mergedInto(
    db,
    teamId,
    "account",
    payloads.flatMap(({ body }) => idIn(body.account_id) ?? []),
  );
  const named = payloads.flatMap((payload) => {
    const contactId = contacts.get(payload.id) ?? null;
    const said = recordOf(workflow, payload, contactId, through.get(contactId ?? ""));
    const entityId = workflow.entity === "account" ? (accounts.get(said ?? "") ?? said) : said;
    return entityId === null ? [] : [{ payload, entityId }];
  });
  await takeToday(db, teamId, {
    workflow,
    cause: "webhook",
    now,
    things: named.map(({ payload: { id, hash }, entityId }) => {
      return {
        entityId,
        triggerKey: `payload:${id}`,
        eventId: null,
        payloadId: id,
        payloadHash: hash,
        chain: [],
      };
    }),
  });
  const known = new Set(named.map(({ payload }) => payload.id));
  await markTaken(
    db,
    teamId,
    payloads.map(({ id }) => ({
      id,
      contactId: contacts.get(id) ?? null,
      outcome: known.has(id) ? "taken" : "nobody_known",
    })),
    now,
  );
  const lost = payloads.length - known.size;
  if (lost > 0)
    await record(byCaller(act), {
      type: "workflow.webhook_refused",
      subject: { type: "workflow", id: workflowId },
      data: { name: workflow.name, count: lost },
    });
}

function recordOf(
  { entity }: WorkflowRow,
  { body }: PayloadRow,
  contactId: string | null,
  through: { accountId: string | null; personId: string | null } | undefined,
) {
  if (entity === "contact") return contactId;
  if (entity === "account") return idIn(body.account_id) ?? through?.accountId ?? null;
  return idIn(body.person_id) ?? through?.personId ?? null;
}

function idIn(value: unknown) {
  return typeof value === "string" && /^[0-9a-f]{24}$/i.test(value) ? value.toLowerCase() : null;
}

function textIn(value: unknown) {
  return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 1000) : undefined;
}

/** By payload, which contact it names. Of several who are new by the same address, one is made. */
async function contactsIn(act: Act, workflow: WorkflowRow, payloads: readonly PayloadRow[]) {
  const { definition } = workflow;
  const { db, caller } = act;
  const said = payloads.flatMap(({ body }) => idIn(body.contact_id) ?? []);
  const merged = await mergedInto(db, caller.teamId, "contact", said);
  const idOf = ({ body }: PayloadRow) => {
    const id = idIn(body.contact_id) ?? "";
    return merged.get(id) ?? id;
  };
  const emailOf = ({ body }: PayloadRow) =>
    readEmail(textIn(body.email) ?? bookingIn(body)?.email)?.toLowerCase() ?? "";
  const emails = [...new Set(payloads.map(emailOf).filter(isEmailAddress))];
  const byEmail = await contactsByEmail(db, caller.teamId, emails);
  const named = await accountsOfContacts(db, caller.teamId, payloads.map(idOf));
  const { trigger } = definition;
  const isNew = (payload: PayloadRow) =>
    !named.has(idOf(payload)) && emails.includes(emailOf(payload)) && !byEmail.has(emailOf(payload));
  const makesContacts = trigger.is === "webhook" && trigger.createsContacts;
  if (makesContacts && (await mayHaveDone(act, workflow, MAKING))) {
    const fresh = [...new Map(payloads.filter(isNew).map((payload) => [emailOf(payload), payload])).values()];
    const made = await makeContacts(act, fresh.map(wishOf), "workflow");
    for (const [place, payload] of fresh.entries()) byEmail.set(emailOf(payload), made[place]?.id ?? "");
  }
  const contacts = new Map<string, string>();
  for (const payload of payloads) {
    const id = idOf(payload);
    const found = named.has(id) ? id : byEmail.get(emailOf(payload));
    if (found) contacts.set(payload.id, found);
  }
  return contacts;
}

function wishOf({ body }: PayloadRow): ContactWrite {
  const booking = bookingIn(body);
  return {
    email: textIn(body.email) ?? booking?.email,
    firstName: textIn(body.first_name),
    lastName: textIn(body.last_name),
    name: textIn(body.name) ?? booking?.name ?? undefined,
    title: textIn(body.title),
    organizationName: textIn(body.organization_name),
    linkedinUrl: textIn(body.linkedin_url),
  };
}
