// Language models are asked, where a team has connected one: for openers of those who were proposed, and for the classes
// of replies.
//
// Each call is written down before it is made and counted then; its answer is written down after it, and no transaction
// is open in between. A process that dies in between leaves a claim that runs out, and what it was about is told to be
// lost rather than asked again: nothing is paid for twice without a person having wished it.

import type { App } from "../../app.ts";
import { teamsWithModelWork } from "../../features/gate/engines/store.ts";
import { askModel } from "../../features/receiving/language-model/asking.ts";
import { writeModelAnswer } from "../../features/receiving/model-suggestions/answering.ts";
import { type ClaimedModelWork, claimWork } from "../../features/receiving/model-suggestions/claiming.ts";
import { crashPoint } from "../../seams.ts";
import { alone, batchOf, eachTeam } from "../running/each-team.ts";
import { type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 2_000;
const AT_ONCE_EACH = 4;

/** A slow model delays only its own team. */
export async function startAskingModels(engine: Engine) {
  const flying = new Map<string, Promise<void>>();
  await goRound(engine, { everyMs: EVERY_MS, what: "asking language models" }, async () => {
    if (!engine.fence.isOpen) return 0; // a copy of the database asks and pays for nothing
    for (const teamId of await teamsWith(engine.app)) {
      if (flying.has(teamId)) continue;
      const work = askWhileThereIs(engine, teamId)
        .catch((error) => engine.app.log.warn({ err: error, teamId }, "a request to a language model failed"))
        .finally(() => flying.delete(teamId));
      flying.set(teamId, work);
    }
    return 0;
  });
  await Promise.all(flying.values());
}

async function askWhileThereIs({ app, stopping }: Engine, teamId: string) {
  const ask = () => eachTeam({ app }, "ask-models", [teamId], () => askFor(app, teamId));
  while (!stopping.aborted && (await ask()) > 0);
}

/** One batch for each team that has work. Answers how much there was. */
export async function askOnce({ app }: Pick<Engine, "app">) {
  return eachTeam({ app }, "ask-models", await teamsWith(app), (teamId) => askFor(app, teamId));
}

function teamsWith(app: App) {
  return app.db.inTransaction((db) => teamsWithModelWork(db, app.now()));
}

async function askFor(app: App, teamId: string) {
  const claimed = await batchOf(app, teamId, (by, manner) => claimWork(by, manner, AT_ONCE_EACH));
  if (!claimed) return 0;
  await Promise.all(
    claimed.work.map((one) =>
      alone(app, { teamId, loop: "ask-models", id: one.aboutId }, () =>
        askAbout(app, teamId, claimed.model, one),
      ),
    ),
  );
  return claimed.work.length + claimed.withheld;
}

async function askAbout(
  app: App,
  teamId: string,
  model: ClaimedModelWork["model"],
  work: ClaimedModelWork["work"][number],
) {
  await crashPoint("model-before-call");
  const answer = await askModel(app, teamId, model, work.prompt);
  await crashPoint("model-after-call");
  await app.db.inTeam(teamId, (db) => writeModelAnswer({ db, teamId, now: app.now() }, work, answer));
}
