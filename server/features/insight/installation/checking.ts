// The checks of the installation. They count all teams, so only the operator, or the admin of the only team, may see them.

import type { Act } from "../../../app.ts";
import {
  type CheckFacts,
  checksOf,
  type InstallationCheck,
} from "../../../domain/insight/installation-checks.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { mayConfirm } from "../../gate/clone-guard/commands.ts";
import type { InstallationFacts } from "./figures.ts";
import { gatherWithin } from "./gathering.ts";

export async function checkInstallation(act: Act): Promise<InstallationCheck[]> {
  if (!(await mayConfirm(act))) throw new Refusal("operator_only");
  return checksOf(checkFactsOf(await gatherWithin(act.db, act.now)));
}

function checkFactsOf(facts: InstallationFacts): CheckFacts {
  const of = (figure: InstallationFacts["rows"][number]["figure"]) =>
    facts.rows.filter((row) => row.figure === figure);
  const [unconfirmed] = of("unconfirmed");
  const [webhooks] = of("webhooks");
  return {
    engines: of("engines")[0]?.amount ?? 0,
    oldestQueuedSeconds: Math.max(0, ...of("queue").map(({ oldestSeconds }) => oldestSeconds ?? 0)),
    unconfirmed: { count: unconfirmed?.amount ?? 0, oldestSeconds: unconfirmed?.oldestSeconds ?? 0 },
    inboxes: facts.lag,
    webhooks: { pending: webhooks?.amount ?? 0, oldestSeconds: webhooks?.oldestSeconds ?? 0 },
    jobs: facts.jobs,
    skipped: facts.aside.reduce((sum, { subjects }) => sum + subjects, 0),
    longestLockSeconds: facts.longestLockSeconds,
    background: facts.background,
  };
}
