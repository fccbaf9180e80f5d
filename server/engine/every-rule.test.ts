// Every rule of the gate, in every phase of a mail: it comes before the mail is claimed, while it is claimed, while its gate is
// open, and after it was released. Made from the table of rules (domain/gate/gate.ts) and its scenarios.

import assert from "node:assert/strict";
import { test } from "node:test";
import { GATE, GATE_CODES, type GateCode } from "../domain/gate/gate.ts";
import type { Check, RuleSubject } from "../domain/gate/gate-rules.ts";
import {
  type GatedMailKind,
  type GatedPhase,
  gatedMails,
  type StandingMail,
} from "../testing/gated/mails.ts";
import { SCENARIOS } from "../testing/gated/scenarios.ts";
import { LOOPBACK } from "../testing/loopback.ts";
import { until, useWitness } from "../testing/sending.ts";
import { type Team, useWorld } from "../testing/world.ts";

const world = useWorld({ mailAllow: LOOPBACK }); // no engine works here but what a test does by hand
const witness = useWitness();

/** Which mails a rule is asked of, by what it is about. */
const KINDS: Record<RuleSubject, readonly GatedMailKind[]> = {
  address: ["sequence", "copy", "by hand"],
  mailbox: ["sequence", "copy", "by hand"],
  user: [], // of the tasks that they do
  installation: ["sequence", "copy", "by hand"],
  team: ["sequence", "copy", "by hand"],
  contact: ["sequence", "by hand"],
  company: ["sequence"],
  enrollment: ["sequence"],
  step: ["sequence"],
  sequence: ["sequence"],
  message: ["sequence"],
};

const PHASES: readonly GatedPhase[] = ["before", "claimed", "open", "released"];
const TITLES: Record<GatedPhase, string> = {
  before: "comes before the claim: nothing is claimed",
  claimed: "comes after the claim: the gate holds the mail",
  open: "comes while the gate is open: its answer waits until the gate has ended",
  released: "comes after the release: the mail is sent once and counted",
};

type Asked = { code: GateCode; kind: GatedMailKind; team: Team };
const mails = () => gatedMails(world, witness);
const accepted = ({ address }: StandingMail) => witness.lines().filter(({ rcpt }) => rcpt === address).length;

const DRIVE: Record<GatedPhase, (asked: Asked, mail: StandingMail) => Promise<void>> = {
  async before({ code }, mail) {
    await SCENARIOS[code].stop(mail);
    assert.equal(await mails().claim(mail), null);
    await isStopped(code, mail);
  },
  async claimed({ code }, mail) {
    const claimed = await mails().claim(mail);
    assert.ok(claimed);
    await SCENARIOS[code].stop(mail);
    const ended = await mails().transmit(mail, claimed, () => mails().gate(mail, claimed));
    assert.notEqual(ended.passage?.is, "pass");
    assert.ok(["held_back", "not_started"].includes(ended.outcome.kind), ended.outcome.kind);
    await mails().note(mail, claimed, ended);
    if (SCENARIOS[code].staysQueued) return;
    assert.equal(await mails().claim(mail), null);
    await isStopped(code, mail);
  },
  async open({ code }, mail) {
    const claimed = await mails().claim(mail);
    assert.ok(claimed);
    let isAnswered = false;
    let stopping: Promise<unknown> = Promise.resolve();
    const whileOpen = async () => {
      const since = (await mails().sql("select clock_timestamp() as at", [])).rows[0]?.at;
      stopping = SCENARIOS[code].stop(mail).then(() => {
        isAnswered = true;
      });
      await until(async () => isAnswered || (await isWaiting(since)));
      if (SCENARIOS[code].unanswered) return;
      await mail.team.api.teams.current(); // an answer that was on its way has come by now
      assert.equal(isAnswered, false, "acknowledged while a gate that knows the old rule is open");
    };
    const ended = await mails().transmit(mail, claimed, () => mails().gate(mail, claimed, whileOpen));
    assert.equal(ended.passage?.is, "pass");
    await stopping;
    await mails().note(mail, claimed, ended);
    assert.equal((await mails().state(mail)).delivery, "sent");
  },
  async released({ code }, mail) {
    const claimed = await mails().claim(mail);
    assert.ok(claimed);
    const ended = await mails().transmit(mail, claimed, async () => {
      const passage = await mails().gate(mail, claimed);
      await SCENARIOS[code].stop(mail);
      return passage;
    });
    assert.equal(ended.outcome.kind, "accepted");
    await mails().note(mail, claimed, ended);
    assert.equal((await mails().state(mail)).delivery, "sent");
    assert.equal(await mails().claim(mail), null, "it is sent twice");
  },
};

const LEAVES: Record<GatedPhase, number> = { before: 0, claimed: 0, open: 1, released: 1 };

/** In the other two phases a mail is sent: a rule that is driven in those alone is never seen to stop one. */
const STOPPED_IN: readonly GatedPhase[] = ["before", "claimed"];

test("every rule of the table stops a mail before its claim or after it", () => {
  const undriven = GATE_CODES.filter(isOfMails).filter((code) =>
    STOPPED_IN.every((phase) => casesOf(code, phase).length === 0),
  );
  assert.deepEqual(undriven, []);
});

const teams = new Map<GateCode, Team>();
for (const code of GATE_CODES) {
  const { tidy } = SCENARIOS[code];
  for (const phase of PHASES)
    for (const kind of casesOf(code, phase))
      test(`${code}, ${kind}: ${TITLES[phase]}`, async () => {
        const team = teams.get(code) ?? (await world.newTeam());
        teams.set(code, team);
        const mail = await mails().stand(team, kind, SCENARIOS[code]);
        const before = accepted(mail);
        try {
          await DRIVE[phase]({ code, kind, team }, mail);
        } finally {
          await tidy?.(mail);
        }
        assert.equal(accepted(mail) - before, LEAVES[phase], "mails that the server has taken");
      });
}

/** Rules of tasks alone are driven where tasks are opened (engine/planning/task-limits.test.ts). */
function isOfMails(code: GateCode) {
  return (GATE[code] as Check).of !== "linkedin";
}

function kindsOf(code: GateCode) {
  return SCENARIOS[code].kinds ?? KINDS[(GATE[code] as Check).about];
}

/** The kinds of mail for which the rule is driven in this phase. */
function casesOf(code: GateCode, phase: GatedPhase) {
  return SCENARIOS[code].never?.[phase] ? [] : kindsOf(code);
}

async function isStopped(code: GateCode, mail: StandingMail) {
  const { delivery, hold_code } = await mails().state(mail);
  const { stays } = SCENARIOS[code];
  if (stays) assert.equal(delivery, stays);
  else if (SCENARIOS[code].ofWholeMailbox) assert.equal(delivery, "planned");
  else if (GATE[code].outcome === "wait" && !(mail.kind === "copy" && SCENARIOS[code].callsOffCopies))
    assert.deepEqual({ delivery, hold_code }, { delivery: "planned", hold_code: code });
  else
    assert.ok([undefined, "failed", "cancelled", "skipped"].includes(delivery as string), String(delivery));
}

/** For a row that the gate has locked, or for the gate itself (db/connect.ts). */
async function isWaiting(since: unknown) {
  const { rows } = await mails().sql(
    `select from pg_stat_activity where datname = current_database() and application_name <> 'cadenza-jobs'
        and (wait_event_type = 'Lock' or query like 'select open_gates(%' and query_start > $1)`,
    [since],
  );
  return rows.length > 0;
}
