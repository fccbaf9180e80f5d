// The emails of a sequence for ten contacts at once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plantContact, plantEnrollment } from "../../../testing/planted.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const world = useWorld({ catcher: true });

const MAIL = { subject: "{{first_name}}?", body_html: "<p>{{title}} at {{company}}</p>" };

async function newSequence(team: Team) {
  const { emailer_campaign, emailer_steps } = await team.api.sequences.create({
    name: "Nordic plants",
    emailer_steps: [
      {
        type: "auto_email",
        wait_time: 0,
        wait_mode: "day",
        emailer_touches: [{ status: "approved", emailer_template: MAIL }],
      },
      {
        type: "auto_email",
        wait_time: 2,
        wait_mode: "day",
        emailer_touches: [
          {
            status: "approved",
            type: "reply_to_thread",
            emailer_template: { subject: "", body_html: "<p>Again</p>" },
          },
        ],
      },
    ],
  });
  return { id: emailer_campaign.id, steps: emailer_steps.map(({ id }) => id) };
}

const KNOWN = { title: "Boss", organization_name: "Acme", email_status: "verified" };

const plantMany = (team: Team, people: Record<string, unknown>[]) =>
  Promise.all(
    people.map((row, n) => plantContact(world, team, { ...KNOWN, email: `c${n}@company.example`, ...row })),
  );

test("ten of the newest contacts are shown, those whose email would fail first, each with the reason", async () => {
  const team = await world.newTeam("Newest");
  const { id, steps } = await newSequence(team);
  const sound = Array.from({ length: 9 }, (_, n) => ({ first_name: `Sound ${n}` }));
  const ids = await plantMany(team, [
    { first_name: "Noname", title: null },
    { first_name: "Addressless", email: null },
    { first_name: "Barred", do_not_contact: true },
    { first_name: "Gone", email_unsubscribed: true },
    ...sound,
  ]);
  const { trial } = await team.api.rehearsals.mails({ id, emailer_step_id: steps[0] });
  assert.deepEqual([trial.source, trial.looked_at, trial.failing], ["newest", 13, 4]);
  assert.equal(trial.contacts.length, 10);
  const told = trial.contacts.map(({ contact, mails }) => [
    contact.id,
    mails[0]?.verdict,
    mails[0]?.reasons[0]?.code ?? null,
  ]);
  assert.deepEqual(
    new Set(told.slice(0, 4).map(String)),
    new Set(
      [
        [ids[0], "fails", "snippets_missing"],
        [ids[1], "fails", "email_missing"],
        [ids[2], "fails", "contact_do_not_contact"],
        [ids[3], "fails", "contact_unsubscribed"],
      ].map(String),
    ),
  );
  assert.ok(told.slice(4).every(([, verdict]) => verdict === "ready"));
  assert.match(trial.contacts[9]?.mails[0]?.subject ?? "", /^Sound \d\?$/);
  assert.match(trial.contacts[9]?.mails[0]?.body_html ?? "", /Boss at Acme/);
});

test("the whole sequence has each email, and a reply the subject of its thread", async () => {
  const team = await world.newTeam("Whole");
  const { id } = await newSequence(team);
  await plantMany(team, [{ first_name: "Ines" }]);
  const { trial } = await team.api.rehearsals.mails({ id });
  assert.deepEqual(
    trial.contacts[0]?.mails.map(({ position, subject, verdict }) => [position, subject, verdict]),
    [
      [1, "Ines?", "ready"],
      [2, "Re: Ines?", "ready"],
    ],
  );
});

test("a text that is not saved is tried with the contacts of the sequence, or with those of a list", async () => {
  const team = await world.newTeam("Unsaved");
  const { id, steps } = await newSequence(team);
  const [member = "", listed = ""] = await plantMany(team, [{ first_name: "Mona" }, { first_name: "Lars" }]);
  await plantEnrollment(world, team, id, { contact_id: member });
  const text = { subject: "{{headline}} {{first_name}}", body_html: "<p>Hi</p>" };
  const { trial } = await team.api.rehearsals.mails({ id, emailer_step_id: steps[0], ...text });
  assert.deepEqual(
    [trial.source, trial.failing, trial.contacts.map(({ contact }) => contact.id)],
    ["sequence", 1, [member]],
  );
  assert.deepEqual(trial.contacts[0]?.mails[0]?.missing, ["headline"]);
  const { label } = await team.api.labels.create({ name: "Fair", modality: "contacts" });
  await team.api.contacts.update({ id: listed, label_names: ["Fair"] });
  const ofList = await team.api.rehearsals.mails({ id, label_id: label.id, subject: "New {{first_name}}" });
  assert.deepEqual(
    [ofList.trial.source, ofList.trial.contacts.map(({ mails }) => mails.map(({ subject }) => subject))],
    ["list", [["New Lars"]]],
  );
  const gone = await refused(team.api.rehearsals.mails({ id, label_id: "0".repeat(24) }));
  assert.equal(gone.code, "record_not_found");
});

test("what the preview finds is what the check before adding warns of", async () => {
  const team = await world.newTeam("Same judgement");
  const { id } = await newSequence(team);
  await team.api.emailAccounts.create({ email: "ole@mail.norrland.example", type: "catcher" });
  const [lacking = "", sound = ""] = await plantMany(team, [
    { first_name: "A", title: null },
    { first_name: "B" },
  ]);
  const [mailbox] = (await team.api.emailAccounts.list()).email_accounts;
  const check = await team.api.joining.addContacts(
    {
      id,
      emailer_campaign_id: id,
      contact_ids: [lacking, sound],
      send_email_from_email_account_id: mailbox?.id ?? "",
    },
    { dryRun: true },
  );
  const { trial } = await team.api.rehearsals.mails({ id });
  const failing = trial.contacts
    .filter(({ mails }) => mails.some(({ verdict }) => verdict === "fails"))
    .map(({ contact }) => contact.id);
  assert.deepEqual(failing, [lacking]);
  assert.ok("warnings" in check);
  assert.deepEqual(
    check.warnings?.map(({ code, contact_id }) => [code, contact_id]),
    [["snippets_missing", lacking]],
  );
});
