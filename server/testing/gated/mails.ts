// One mail that stands before the gate, of each kind there is, and what is needed to stop it.

import assert from "node:assert/strict";
import { planOnce } from "../../engine/planning/plan-steps.ts";
import { byEngine } from "../../engine/running/engine.ts";
import { openSender } from "../../engine/sending/open-sender.ts";
import type { ClaimedOutgoingMail } from "../../features/sending/outbox/claiming.ts";
import type { GatePassage } from "../../features/sending/outbox/gate.ts";
import { noteEnded, passGate } from "../../features/sending/outbox/mail-life.ts";
import { drop } from "../../features/sending/outbox/outcomes.ts";
import { newId } from "../../kernel/ids.ts";
import type { SendOutcome } from "../../mail/outcome.ts";
import { claimFrom } from "../claim-from.ts";
import { plantMessage } from "../planted.ts";
import { alwaysOpen } from "../sending.ts";
import { newScene } from "../torture/scene.ts";
import { asOwner } from "../wire.ts";
import type { Team, World } from "../world.ts";
import type { Scenario } from "./scenario.ts";

export type GatedMailKind = "sequence" | "copy" | "by hand";
export type GatedPhase = "before" | "claimed" | "open" | "released";

export type StandingMail = {
  kind: GatedMailKind;
  world: World;
  team: Team;
  sequenceId: string;
  stepId: string;
  touchId: string;
  templateId: string;
  scheduleId: string;
  mailboxId: string;
  contactId: string;
  enrollmentId: string;
  /** Where this mail goes: of a copy not the contact's. */
  address: string;
  /** What a scenario remembers from one step to the next. */
  keep: Record<string, string>;
  sql(text: string, params: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
  now(): Temporal.Instant;
  /** A mail that went to the same address half an hour ago. */
  sentBefore(): Promise<unknown>;
};

/** Without a mail server no mail can be put before the gate. */
export function gatedMails(world: World, { port }: { port: number } = { port: 0 }) {
  const { app } = world.running;
  const sql: StandingMail["sql"] = (text, params) => asOwner(world, (client) => client.query(text, params));
  const inTeam = <T>({ team }: StandingMail, work: (by: ReturnType<typeof byEngine>) => Promise<T>) =>
    app.db.inTeam(team.id, (db) => work(byEngine(app, db, team.id)));

  async function stand(team: Team, kind: GatedMailKind, scenario: Scenario): Promise<StandingMail> {
    const copied = `copied${Math.random()}@elsewhere.example`;
    const scheduleId = await alwaysOpen(team);
    const scene = await newScene(team, {
      port,
      mailboxes: 1,
      contacts: 1,
      waits: [0],
      scheduleId,
      mailbox: scenario.mailbox ?? {},
      sequence: { ...scenario.sequence, ...(kind === "copy" && { cc_emails: copied }) },
    });
    const { sequenceId } = scene;
    const [contactId = "", mailboxId = ""] = [scene.contactIds[0], scene.mailboxIds[0]];
    if (scenario.contact) await team.api.contacts.update({ id: contactId, ...scenario.contact });
    const shown = await team.api.sequences.show({ id: sequenceId });
    const { rows } = await sql("select id from enrollments where contact_id = $1", [contactId]);
    const { contact } = await team.api.contacts.get({ id: contactId });
    const address = kind === "copy" ? copied : (contact.email ?? "");
    const [touch] = shown.emailer_touches;
    const mail: StandingMail = {
      world,
      kind,
      team,
      sequenceId,
      scheduleId,
      mailboxId,
      contactId,
      address,
      keep: {},
      sql,
      now: app.now,
      stepId: shown.emailer_steps[0]?.id ?? "",
      touchId: touch?.id ?? "",
      templateId: touch?.emailer_template_id ?? "",
      enrollmentId: String(rows[0]?.id),
      sentBefore: () =>
        plantMessage(world, team, sequenceId, {
          mailbox_id: mailboxId,
          contact_id: contactId,
          to_email: address,
          completed_at: app.now().subtract({ minutes: 30 }).toString(),
        }),
    };
    await scenario.before?.(mail);
    if (kind === "by hand") await write(mail);
    await planOnce(world.running);
    if (kind === "copy") await sendOriginal(mail);
    return mail;
  }

  /** Nothing of the sequence stands beside it. */
  async function write({ team, sequenceId, contactId, mailboxId }: StandingMail) {
    const out = { emailer_campaign_ids: [sequenceId], contact_ids: [contactId], mode: "remove" as const };
    await team.api.enrollments.removeOrStop(out);
    const { emailer_message } = await team.api.emailerMessages.create({
      contact_id: contactId,
      email_account_id: mailboxId,
      subject: "By hand",
      body_html: "<p>By hand</p>",
    });
    await team.api.emailerMessages.sendNow({ id: emailer_message.id });
  }

  async function sendOriginal(mail: StandingMail) {
    const claimed = await claim(mail);
    assert.ok(claimed && claimed.slot.copyOf === null);
    const ended = await transmit(mail, claimed, () => gate(mail, claimed));
    assert.equal(ended.outcome.kind, "accepted");
    await note(mail, claimed, ended);
  }

  /** Carries out what the claim has dropped, as a lane does. */
  async function claim(mail: StandingMail): Promise<ClaimedOutgoingMail | null> {
    const { mailboxId } = mail;
    const wish = { mailboxId, engineId: newId(), publicUrl: world.url };
    for (let tries = 0; tries < 3; tries++) {
      const { claimed, dropped } = await inTeam(mail, (by) => claimFrom(by, wish));
      for (const one of dropped) await inTeam(mail, (by) => drop(by, one));
      assert.ok(claimed.length <= 1, "more than one mail stands before the gate");
      if (claimed[0]) return claimed[0];
    }
    return null;
  }

  function gate(
    mail: StandingMail,
    claimed: ClaimedOutgoingMail,
    beforeCommit = async () => {},
  ): Promise<GatePassage | null> {
    return inTeam(mail, async (by) => {
      const passages = await passGate(by, [claimed], { leave: null, seen: 0 });
      await beforeCommit();
      return passages.get(claimed.slot.id) ?? null;
    });
  }

  /** Through a real server, which takes it only where the gate lets it pass. */
  async function transmit(
    mail: StandingMail,
    claimed: ClaimedOutgoingMail,
    ask: () => Promise<GatePassage | null>,
  ) {
    const sender = await openSender(app, mail.team.id, mail.mailboxId);
    let passage: GatePassage | null = null;
    const outcome = await sender.send(claimed, {
      async mayRelease() {
        passage = await ask();
        return passage?.is === "pass";
      },
    });
    return { outcome, passage: passage as GatePassage | null };
  }

  function note(
    mail: StandingMail,
    claimed: ClaimedOutgoingMail,
    ended: { outcome: SendOutcome; passage: GatePassage | null },
  ): Promise<unknown> {
    return inTeam(mail, (by) => noteEnded(by, { claimed, ...ended }));
  }

  /** How the mail stands in the database. */
  async function state({ team, address, kind }: StandingMail) {
    const which = {
      sequence: "enrollment_id is not null",
      copy: "copy_of is not null",
      "by hand": "enrollment_id is null",
    };
    const { rows } = await sql(
      `select delivery, hold_code from messages where team_id = $1 and ${which[kind]} and mailbox_id is not null
          and (to_email is null or to_email = $2 or to_email = 'no address') and subject is distinct from 'planted'
        order by created_at desc limit 1`,
      [team.id, address],
    );
    return rows[0] ?? {};
  }

  return { stand, claim, gate, transmit, note, state, sql };
}
