import assert from "node:assert/strict";
import { test } from "node:test";
import { facts, MAIL, PERSON, SEQUENCE } from "../../testing/forecast-plan.ts";
import { forecast } from "./forecast.ts";
import { endingRates, forecastBand } from "./forecast-band.ts";
import type { ForecastFacts } from "./forecast-facts.ts";

const followUps = [1, 2, 3, 4].map((position) => ({
  ...MAIL,
  id: `mail ${position}`,
  position,
  waitTime: position === 1 ? 0 : 3,
  waitMode: "day" as const,
}));

function people(count: number): ForecastFacts {
  return facts({
    sequences: [{ ...SEQUENCE, steps: followUps }],
    people: Array.from({ length: count }, (_, lot) => ({ ...PERSON, lot })),
  });
}

const sendsOf = (of: ForecastFacts) => forecast(of).byMailboxHour.reduce((sum, { sends }) => sum + sends, 0);

test("of too few emails nothing is concluded, and a share that was never seen is not taken for impossible", () => {
  assert.equal(endingRates({ emails: 99, ended: 50 }), null);
  const { least, most } = endingRates({ emails: 200, ended: 0 }) ?? assert.fail();
  assert.equal(least, 0);
  assert.ok(most > 0.01 && most < 0.02, String(most));
  const wide = endingRates({ emails: 100, ended: 5 }) ?? assert.fail();
  const narrow = endingRates({ emails: 10_000, ended: 500 }) ?? assert.fail();
  assert.ok(
    wide.least < narrow.least && narrow.least < 0.05 && 0.05 < narrow.most && narrow.most < wide.most,
  );
});

test("what is likely lies below the emails of a forecast in which all contacts go on, day by day and in all", () => {
  const of = people(300);
  const band = forecastBand(of, { emails: 2_000, ended: 100 }) ?? assert.fail();
  assert.equal(sendsOf(of), 1_200);
  assert.ok(band.least < band.most && band.most < 1_200, `${band.least} to ${band.most}`);
  assert.ok(band.days.every(({ least, most }) => least <= most && most <= 300));
  assert.deepEqual(band.days[0]?.most, 300, "nobody has stopped before the first email");
});

test("what then happens is likely in at least nine of ten companies of one share", () => {
  const of = people(300);
  const band = forecastBand(of, { emails: 2_000, ended: 100 }) ?? assert.fail();
  const inside = Array.from({ length: 100 }, (_, n) =>
    sendsOf({ ...of, replyRate: 0.05, seed: 1_000 + n }),
  ).filter((sends) => sends >= band.least && sends <= band.most);
  assert.ok(inside.length >= 90, `${inside.length} of 100`);
});

test("the same forecast has the same band, and days are the team's", () => {
  const seen = { emails: 500, ended: 25 };
  const of = people(50);
  assert.deepEqual(forecastBand(of, seen), forecastBand(of, seen));
  const [here, there] = ["UTC", "Pacific/Kiritimati"].map(
    (timeZone) => forecastBand({ ...of, timeZone }, seen)?.days[0]?.day,
  );
  assert.ok(here && there && here < there, `${here} ${there}`);
});
