import assert from "node:assert/strict";
import { test } from "node:test";
import { call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let stranger: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Stranger");
});

const office = {
  monday: [[8, 17]],
  friday: [
    [9, 12],
    [13, 15],
  ],
};

test("a team starts with one schedule, the usual business hours", async () => {
  const { emailer_schedules } = await stranger.api.schedules.list();
  assert.equal(emailer_schedules.length, 1);
  const {
    id: _id,
    created_at: _at,
    etag: _etag,
    ...rest
  } = emailer_schedules[0] as (typeof emailer_schedules)[number];
  const hours = [[8, 17]] as [number, number][];
  assert.deepEqual(rest, {
    name: "Normal Business Hours",
    default: true,
    time_zone: "UTC", // the request named none
    schedule_hash: { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours },
    use_contacts_time_zone: true,
    skip_holidays: true,
  });
});

test("hours are taken in every spelling, at once or by a later change", async () => {
  const made = await team.api.schedules.create({
    name: "Office hours",
    time_zone: "Europe/Oslo",
    schedule_hash: office,
  });
  const { id } = made.emailer_schedule;
  assert.deepEqual(made.emailer_schedule.schedule_hash, office);
  assert.deepEqual((await team.api.schedules.show({ id })).emailer_schedule, made.emailer_schedule);
  for (const [schedule_hash, printed] of [
    [{ monday: [["08:30", "17:00"]] }, { monday: [[8.5, 17]] }],
    [{ Monday: [[8.5, 17.25]] }, { monday: [[8.5, 17.25]] }],
    [{ tuesday: [["8", "17"]], wednesday: [] }, { tuesday: [[8, 17]] }],
    [{ sunday: [[0, 24]] }, { sunday: [[0, 24]] }],
    [{}, {}],
  ] as const) {
    const { emailer_schedule } = await team.api.schedules.update({ id, schedule_hash });
    assert.deepEqual(emailer_schedule.schedule_hash, printed);
  }
  const query =
    "schedule_hash[monday][0][]=8&schedule_hash[monday][0][]=17&schedule_hash[monday][1][]=18&schedule_hash[monday][1][]=19";
  const asForm = await call(`${world.url}/v1/emailer_schedules/${id}?${query}`, {
    method: "PUT",
    key: team.key,
  });
  assert.deepEqual((asForm.body.emailer_schedule as { schedule_hash: unknown }).schedule_hash, {
    monday: [
      [8, 17],
      [18, 19],
    ],
  });
  const kept = await team.api.schedules.update({ id, name: "Renamed" });
  assert.deepEqual(
    [
      kept.emailer_schedule.name,
      kept.emailer_schedule.time_zone,
      kept.emailer_schedule.schedule_hash.monday?.length,
    ],
    ["Renamed", "Europe/Oslo", 2],
    "what is left out stays",
  );
});

test("as at Apollo, the hours may follow by a change, and the time zone is the team's until then", async () => {
  await team.api.teams.update({ time_zone: "Europe/Stockholm" });
  const { emailer_schedule } = await team.api.schedules.create({ name: "Later" });
  assert.deepEqual([emailer_schedule.time_zone, emailer_schedule.schedule_hash], ["Europe/Stockholm", {}]);
});

test("hours that make no sense are refused with the reason, and nothing is kept", async () => {
  const before = (await team.api.schedules.list()).emailer_schedules.length;
  for (const [schedule_hash, why] of [
    [{ monday: [[22, 6]] }, /ends before it starts/],
    [{ monday: [[8, 25]] }, /invalid window/],
    [{ moonday: [[8, 17]] }, /unknown weekday/],
    [
      {
        monday: [
          [8, 12],
          [11, 13],
        ],
      },
      /overlap/,
    ],
    [{ monday: [["8:7", 9]] }, /invalid window/],
  ] as const) {
    const refusal = await refused(team.api.schedules.create({ name: "x", schedule_hash }));
    assert.deepEqual([refusal.status, refusal.code], [422, "schedule_invalid"]);
    assert.match(refusal.message, why);
  }
  assert.equal(
    (await refused(team.api.schedules.create({ name: "x", time_zone: "Mars/Olympus" }))).status,
    422,
  );
  assert.equal((await team.api.schedules.list()).emailer_schedules.length, before);
});

test("a schedule in use is neither emptied nor deleted; an unused one goes", async () => {
  const { emailer_schedule } = await team.api.schedules.create({ name: "Used", schedule_hash: office });
  const { id } = emailer_schedule;
  const { emailer_campaign } = await team.api.sequences.create({ name: "Uses it", emailer_schedule_id: id });
  assert.equal(emailer_campaign.emailer_schedule_id, id);
  assert.equal((await refused(team.api.schedules.remove({ id }))).code, "schedule_in_use");
  assert.equal(
    (await refused(team.api.schedules.update({ id, schedule_hash: {} }))).code,
    "schedule_emptied_in_use",
  );
  await team.api.sequences.update({ id: emailer_campaign.id, emailer_schedule_id: null });
  assert.deepEqual((await team.api.schedules.remove({ id })).emailer_schedule, { id, deleted: true });
  assert.equal((await refused(team.api.schedules.show({ id }))).status, 404);
});

test("one schedule is the default, also when two are made it at once", async () => {
  const ids: string[] = [];
  for (const name of ["A", "B"])
    ids.push((await team.api.schedules.create({ name, schedule_hash: office })).emailer_schedule.id);
  await Promise.all(ids.map((id) => team.api.schedules.update({ id, default: true })));
  const defaults = (await team.api.schedules.list()).emailer_schedules.filter((one) => one.default);
  assert.equal(defaults.length, 1);
  const id = defaults[0]?.id ?? "";
  assert.equal((await refused(team.api.schedules.update({ id, default: false }))).code, "default_kept");
  assert.equal((await refused(team.api.schedules.remove({ id }))).code, "schedule_in_use");
  assert.equal(
    (await refused(team.api.schedules.create({ name: "C", default: true }))).code,
    "schedule_emptied_in_use",
  );
});

test("attaching and deleting at once never leaves a sequence without the schedule it was given", async () => {
  for (let round = 0; round < 4; round++) {
    const { id } = (await team.api.schedules.create({ name: "Raced", schedule_hash: office }))
      .emailer_schedule;
    const results = await Promise.allSettled([
      team.api.sequences.create({ name: "Racer", emailer_schedule_id: id }),
      team.api.schedules.remove({ id }),
    ]);
    const codes = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
    assert.equal(codes.length, 1);
    assert.ok(["schedule_not_found", "schedule_in_use"].includes(codes[0]), codes[0]);
  }
});

test("a stranger's schedule is not there", async () => {
  const id = (await stranger.api.schedules.list()).emailer_schedules[0]?.id ?? "";
  for (const attempt of [
    () => team.api.schedules.show({ id }),
    () => team.api.schedules.update({ id, name: "x" }),
    () => team.api.schedules.remove({ id }),
  ])
    assert.equal((await refused(attempt())).status, 404);
});
