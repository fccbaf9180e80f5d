// What recipients do in a sandbox, as callers set it: one list for a team, replaced as a whole.

import type { Act } from "../../../app.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { PRESETS, type Prospect } from "./following.ts";
import { replaceProspects } from "./store.ts";

type ProspectWish = {
  match: Prospect["match"] | object;
  does: Prospect["does"];
  after?: string | undefined;
  text?: string | undefined;
  until?: string | undefined;
};

type Wish = {
  prospects?: readonly ProspectWish[] | undefined;
  preset?: keyof typeof PRESETS | undefined;
};

const USUALLY_AFTER = { hours: 1 };
const LONGEST_AFTER_SECONDS = 400 * 86_400;

export async function setProspects({ db, caller, now }: Act, { prospects, preset }: Wish) {
  if ((prospects === undefined) === (preset === undefined))
    throw new Refusal("parameter_invalid", {
      name: "prospects",
      why: say("must be sent, or preset in its place, and not both"),
    });
  const wanted = preset ? PRESETS[preset](now) : (prospects ?? []).map(read);
  await replaceProspects(db, caller.teamId, wanted);
  return wanted;
}

function read({ match, does, after, text, until }: ProspectWish, position: number): Prospect {
  return {
    match,
    does,
    afterSeconds: secondsIn(after, position),
    text: text?.trim() || null,
    untilDay: until === undefined ? null : readMoment(until).toZonedDateTimeISO("UTC").toPlainDate(),
  };
}

function secondsIn(after: string | undefined, position: number) {
  const seconds = durationIn(after)?.total("seconds") ?? Number.NaN;
  if (seconds >= 0 && seconds <= LONGEST_AFTER_SECONDS) return seconds;
  throw new Refusal("parameter_invalid", {
    name: `prospects[${position}].after`,
    why: say("must be a duration of at most 400 days, such as PT3H or P2D"),
  });
}

function durationIn(after: string | undefined) {
  try {
    const duration = Temporal.Duration.from(after ?? USUALLY_AFTER);
    const { years, months, weeks, days } = duration;
    if (years !== 0 || months !== 0) return null;
    return duration.with({ weeks: 0, days: 0 }).add({ hours: (weeks * 7 + days) * 24 });
  } catch {
    return null;
  }
}
