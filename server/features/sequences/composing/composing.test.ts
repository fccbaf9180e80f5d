// The facts that fill mails, and previews before a contact is enrolled, on a real database.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import type { Act } from "../../../app.ts";
import { actFor } from "../../../engine/running/act-for.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { assertLinear } from "../../../testing/growth.ts";
import { plant, plantContact } from "../../../testing/planted.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { previewFirstMails } from "./commands.ts";
import { missingValues } from "./failing.ts";
import { gatherFacts } from "./store.ts";

let team: Team;
let stranger: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Strangers");
});

function asking<T>(work: (act: Act) => Promise<T>, who: Team = team) {
  return actFor(world.running.app, { teamId: who.id, userId: who.owner.id, cause: "test" }, work);
}

const noon = () => new Date().toISOString();

function plantMailbox(row: Record<string, unknown> = {}, who: Team = team) {
  return plant(world, who, "mailboxes", {
    user_id: who.owner.id,
    email: `m${Math.random()}@example.no`,
    type: "smtp",
    created_at: noon(),
    updated_at: noon(),
    ...row,
  });
}

type Mail = {
  subject: string;
  body: string;
  status?: "approved";
  weight?: number;
  generic_personalized_opener?: string;
};

async function newSequence(steps: Mail[][], who: Team = team) {
  const made = await who.api.sequences.create({
    name: "Nordic plants",
    emailer_steps: steps.map((mails, n) => ({
      type: "auto_email" as const,
      wait_time: n,
      wait_mode: "day" as const,
      emailer_touches: mails.map(({ subject, body, ...rest }) => ({
        ...rest,
        emailer_template: { subject, body_html: body },
      })),
    })),
  });
  return {
    id: made.emailer_campaign.id,
    steps: made.emailer_steps.map(({ id }) => id),
    touches: made.emailer_touches.map(({ id }) => id),
  };
}

test("facts are gathered for everybody at once: company, custom fields as people read them, sender, zone", async () => {
  const field = async (
    modality: "contact" | "account",
    label: string,
    type: Input<"customFields", "create">["type"],
    values?: string[],
  ) => {
    const meta = values && { picklist_values: values.map((name) => ({ name })) };
    const input = { modality, label, type, ...(meta && { meta }) };
    return (await team.api.customFields.create(input)).typed_custom_fields[0]?.id ?? "";
  };
  const sport = await field("contact", "Favourite Sport", "string");
  const level = await field("contact", "Level", "picklist", ["Gold", "Silver"]);
  const sites = await field("contact", "Sites", "multipicklist", ["Boden", "Luleå"]);
  const renewal = await field("contact", "Renewal", "date");
  const call = await field("contact", "Call", "datetime");
  const share = await field("account", "Share", "number");
  const { account } = await team.api.accounts.create({
    name: "Norrland Kraft AB",
    domain: "norrland.example.se",
    typed_custom_fields: { [share]: 12.5 },
  });
  const { contact } = await team.api.contacts.create({
    first_name: " Ines ",
    last_name: "Okafor",
    email: "ines@norrland.example.se",
    account_id: account.id,
    present_raw_address: "Luleå, Sweden",
    phone: "+46 70 123 45 67",
    typed_custom_fields: {
      [sport]: "golf",
      [level]: "Silver",
      [sites]: ["Luleå", "Boden"],
      [renewal]: "2026-03-31",
      [call]: "2026-03-31T09:30:00+02:00",
    },
  });
  const bare = await plantContact(world, team, { first_name: "  " });
  const mailbox = await plantMailbox({
    email: "ole@example.no",
    display_name: "Ole from Norway",
    signature_html: "<b>O</b>",
  });
  const sequence = await newSequence([[{ subject: "s", body: "b" }]]);

  const facts = await asking(({ db }) =>
    gatherFacts(db, team.id, {
      contactIds: [contact.id, bare],
      mailboxIds: [mailbox],
      sequenceId: sequence.id,
    }),
  );
  const ines = facts.people.get(contact.id);
  assert.deepEqual(
    [ines?.contact.firstName, ines?.contact.email, ines?.contact.phone, ines?.contact.city],
    ["Ines", "ines@norrland.example.se", "+46701234567", "Luleå"],
  );
  assert.deepEqual(
    ines?.contact.customFields.map(({ id, name, value }) => [id, name, value]),
    [
      [sport, "Favourite Sport", "golf"],
      [level, "Level", "Silver"],
      [sites, "Sites", ["Luleå", "Boden"]],
      [renewal, "Renewal", "2026-03-31"],
      [call, "Call", "2026-03-31T07:30:00Z"],
    ],
  );
  assert.deepEqual(
    [ines?.account?.name, ines?.account?.domain],
    ["Norrland Kraft AB", "norrland.example.se"],
  );
  assert.deepEqual(ines?.account?.customFields, [{ id: share, name: "Share", value: 12.5 }]);
  assert.deepEqual(
    [
      facts.people.get(bare)?.contact.firstName,
      facts.people.get(bare)?.contact.customFields,
      facts.people.get(bare)?.account,
    ],
    [null, [], null],
  );
  const sender = facts.senders.get(mailbox);
  assert.deepEqual(
    [sender?.firstName, sender?.name, sender?.email, sender?.signatureHtml],
    ["Ole", "Ole from Norway", "ole@example.no", "<b>O</b>"],
  );
  assert.deepEqual(facts.sequence, {
    name: "Nordic plants",
    zone: "UTC",
    usesContactsZone: true,
  });
});

test("a preview is the mail that would be sent: its variant, its sender, its signature, its zone", async () => {
  const sequence = await newSequence([
    [
      {
        subject: "A {{first_name}}",
        body: "<p>{{now_weekday}} {{sender_first_name}}</p>",
        status: "approved",
        weight: 1,
      },
      { subject: "B {{first_name}}", body: "<p>{{company}}</p>", status: "approved", weight: 1 },
      { subject: "not approved", body: "<p>x</p>" },
    ],
  ]);
  const mailbox = await plantMailbox({ signature_html: '<p onclick="x()">Ole<script>1</script></p>' });
  const people = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      plantContact(world, team, {
        first_name: `N${n}`,
        time_zone: "Pacific/Kiritimati",
        organization_name: "Acme AB",
      }),
    ),
  );
  const enrollments = people.map((contactId) => ({ contactId, mailboxId: mailbox }));
  const wish = { sequenceId: sequence.id, stepId: sequence.steps[0] ?? "", enrollments };
  const previews = await asking((act) => previewFirstMails(act, wish));
  assert.deepEqual(
    previews.map(({ contactId }) => contactId),
    people,
  );
  assert.deepEqual(new Set(previews.map(({ touchId }) => touchId)), new Set(sequence.touches.slice(0, 2)));
  const weekday = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "Pacific/Kiritimati" });
  for (const [n, { touchId, needsReview, mail }] of previews.entries()) {
    const isA = touchId === sequence.touches[0];
    const said = isA ? `${weekday.format(new Date())} Ole` : "Acme";
    assert.equal(mail?.subject, `${isA ? "A" : "B"} N${n}`);
    assert.equal(mail?.html, `<p>${said}</p><br /><div><p>Ole</p></div>`);
    assert.equal(mail?.text, `${said}\n\nOle`);
    assert.deepEqual([mail?.missing, needsReview], [[], false]);
  }
  assert.deepEqual(
    await asking((act) => previewFirstMails(act, wish)),
    previews,
    "and is the same when asked again",
  );
});

test("a preview says what is missing, what waits for review, and what cannot be composed", async () => {
  const waiting = await newSequence([
    [{ subject: "Hi {{first_name}}", body: "<p>{{sender_name}} {{frist_name}}</p>" }],
  ]);
  const contactId = await plantContact(world, team);
  const wish = {
    sequenceId: waiting.id,
    stepId: waiting.steps[0] ?? "",
    enrollments: [{ contactId, mailboxId: null }],
  };
  const [preview] = await asking((act) => previewFirstMails(act, wish));
  assert.equal(preview?.needsReview, true);
  assert.deepEqual(preview?.mail?.missing, ["first_name", "sender_name", "frist_name"]);

  const broken = await newSequence([[{ subject: "Hi {{first_name", body: "<p>x</p>", status: "approved" }]]);
  const [faulty] = await asking((act) =>
    previewFirstMails(act, { ...wish, sequenceId: broken.id, stepId: broken.steps[0] ?? "" }),
  );
  assert.deepEqual([faulty?.mail, faulty?.fault?.code, faulty?.fault?.in], [null, "unclosed", "subject"]);
});

test("what a sequence lacks is told per contact and step, in the variant that each one gets", async () => {
  const sequence = await newSequence([
    [
      { subject: "A", body: "<p>{{first_name}}</p>", status: "approved" },
      { subject: "B", body: "<p>{{title}}</p>", status: "approved" },
    ],
    [
      {
        subject: "C",
        body: "<p>{{first_name|there}} {{sender_first_name}} {{company}}</p>",
        status: "approved",
      },
    ],
    [{ subject: "D {{", body: "<p>x</p>", status: "approved" }],
    [{ subject: "E", body: "<p>{{now_weekday}}</p>" }],
  ]);
  const nobody = await plantContact(world, team);
  const complete = await plantContact(world, team, { first_name: "I", title: "T", organization_name: "O" });
  const people = [nobody, complete].map((contactId) => ({ contactId, mailboxId: null }));
  const found = await asking((act) => missingValues(act, { sequenceId: sequence.id, people }));
  const [preview] = await asking((act) =>
    previewFirstMails(act, { sequenceId: sequence.id, stepId: sequence.steps[0] ?? "", enrollments: people }),
  );
  assert.deepEqual(
    [...found.byContact],
    [
      [
        nobody,
        [
          { stepId: sequence.steps[0], position: 1, missing: preview?.mail?.missing },
          { stepId: sequence.steps[1], position: 2, missing: ["company"] },
        ],
      ],
    ],
  );
  assert.deepEqual(
    found.faults.map(({ position, fault }) => [position, fault.code]),
    [[3, "unclosed"]],
  );
  assert.deepEqual(found.needReview, [{ stepId: sequence.steps[3], position: 4 }]);
});

test("an opener for everybody is filled in, and none is missing where the mail may go without", async () => {
  const body = "<p>{{personalized_opener}} Hi</p>";
  const sequence = await newSequence([
    [{ subject: "s", body, status: "approved", generic_personalized_opener: "Well done!" }],
    [{ subject: "s", body, status: "approved" }],
  ]);
  const contactId = await plantContact(world, team);
  const bodies = await asking(async (act) => {
    const enrollments = [{ contactId, mailboxId: null }];
    const read = (stepId: string) => previewFirstMails(act, { sequenceId: sequence.id, stepId, enrollments });
    return [...(await read(sequence.steps[0] ?? "")), ...(await read(sequence.steps[1] ?? ""))];
  });
  assert.deepEqual(
    bodies.map(({ mail }) => [mail?.text, mail?.missing]),
    [
      ["Well done! Hi", []],
      ["Hi", []],
    ],
  );
});

test("what belongs to strangers is not there", async () => {
  const theirs = await newSequence([[{ subject: "s", body: "b", status: "approved" }]], stranger);
  const mine = await newSequence([
    [{ subject: "{{first_name}}", body: "{{sender_email}}", status: "approved" }],
  ]);
  const theirContact = await plantContact(world, stranger, { first_name: "Secret" });
  const theirMailbox = await plantMailbox({ email: "secret@example.no" }, stranger);
  const contactId = await plantContact(world, team, { first_name: "Ines" });
  const enrollments = [
    { contactId: theirContact, mailboxId: theirMailbox },
    { contactId, mailboxId: theirMailbox },
  ];
  const here = { sequenceId: mine.id, stepId: mine.steps[0] ?? "", enrollments };
  const previews = await asking((act) => previewFirstMails(act, here));
  assert.deepEqual(
    previews.map((one) => [one.contactId, one.mail?.missing]),
    [[contactId, ["sender_email"]]],
  );
  const gaps = await asking((act) => missingValues(act, { sequenceId: mine.id, people: enrollments }));
  assert.equal(gaps.byContact.size, 0);
  const isGone = (error: unknown) => error instanceof Refusal && error.code === "record_not_found";
  const there = { ...here, sequenceId: theirs.id, stepId: theirs.steps[0] ?? "" };
  await assert.rejects(
    asking((act) => previewFirstMails(act, there)),
    isGone,
  );
  await assert.rejects(
    asking((act) => previewFirstMails(act, { ...here, stepId: there.stepId })),
    isGone,
  );
  await assert.rejects(
    asking((act) => missingValues(act, { sequenceId: theirs.id, people: enrollments })),
    isGone,
  );
});

test("what is missing is found for a thousand people and five steps at a cost that grows no faster than their number", async () => {
  const mail: Mail = {
    subject: "{{first_name}}",
    body: "<p>{{title}} {{company|you}} {{favourite_sport}}</p>",
    status: "approved",
  };
  const sequence = await newSequence(Array.from({ length: 5 }, () => [mail]));
  const ids = await asOwner(world, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `insert into contacts (team_id, id, first_name, source, original_source, created_at, updated_at)
       select $1, new_ident(), 'Ines', 'api', 'api', $2, $2 from generate_series(1, 1000) returning id`,
      [team.id, noon()],
    );
    return rows.map(({ id }) => id);
  });
  const people = ids.map((contactId) => ({ contactId, mailboxId: null }));
  await asking(async (act) => {
    const { byContact } = await missingValues(act, { sequenceId: sequence.id, people });
    assert.equal(byContact.size, 1000);
    assert.deepEqual(byContact.get(ids[0] ?? "")?.[4]?.missing, ["title", "favourite_sport"]);
    await assertLinear("missing values", 1000, (size) => {
      const some = people.slice(0, size);
      return () => missingValues(act, { sequenceId: sequence.id, people: some });
    });
  });
});
