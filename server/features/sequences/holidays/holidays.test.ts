// Days off: those of each contact's country and region, and the team's own. What the engine plans, what explain says and
// what the forecast reckons come from one rule.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { CALL_NOW, catchUpEngine, standingsIn } from "../../../testing/stepping.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const today = () => world.running.app.now().toZonedDateTimeISO("UTC").toPlainDate();
const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

async function everyDay(of: Team, rest: Partial<Input<"schedules", "create">> = {}) {
  const { emailer_schedule } = await of.api.schedules.create({
    name: "All week",
    time_zone: "UTC",
    use_contacts_time_zone: false,
    skip_holidays: true,
    schedule_hash: Object.fromEntries(DAYS.map((day) => [day, [[0, 24]]])),
    ...rest,
  });
  return emailer_schedule.id;
}

/** A call for each of them, due at once. Answers their contacts, and on which days it is due. */
async function waiting(of: Team, people: readonly Record<string, unknown>[], schedule?: string) {
  const hours = schedule ?? (await everyDay(of));
  const { id: sequence } = await newSequence(of, { emailer_schedule_id: hours, emailer_steps: [CALL_NOW] });
  const { id: mailbox } = await newMailbox(of);
  const contacts: string[] = [];
  for (const person of people) contacts.push(await newContact(of, person));
  const answer = await of.api.joining.addContacts({
    id: sequence,
    contact_ids: contacts,
    send_email_from_email_account_id: [mailbox],
  });
  const enrollments = "enrollments" in answer ? answer.enrollments : [];
  const ids = contacts.map((id) => enrollments.find(({ contact_id }) => contact_id === id)?.id ?? "");
  const days = async () => {
    const rows = await standingsIn(world, sequence);
    return ids.map((id) =>
      rows
        .find((row) => row.id === id)
        ?.dueAt?.toISOString()
        .slice(0, 10),
    );
  };
  return { sequence, contacts, enrollments: ids, days };
}

/** The next day that is a holiday by the first calendar, and neither it nor the day after by the others. */
async function nextDayOf(calendar: string, others: readonly string[]) {
  const years = [today().year, today().year + 1];
  const listed = async (code: string) => {
    const lists = await Promise.all(years.map((year) => team.api.holidays.publicDays({ code, year })));
    return lists.flatMap(({ days }) => days);
  };
  const taken = new Set((await Promise.all(others.map(listed))).flat().map(({ date }) => date));
  const own = await listed(calendar);
  const dates = new Set(own.map(({ date }) => date));
  const after = (date: string) => String(Temporal.PlainDate.from(date).add({ days: 1 }));
  const found = own.find(
    ({ date }) =>
      date > String(today()) && !taken.has(date) && !taken.has(after(date)) && !dates.has(after(date)),
  );
  assert.ok(found, `${calendar} has such a day`);
  return { ...found, after: after(found.date) };
}

function goTo(date: string) {
  const noon = Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: "UTC", plainTime: "12:00" });
  world.advance({ milliseconds: noon.epochMilliseconds - world.running.app.now().epochMilliseconds });
}

test("each contact's own country and region close the schedule, and explain names the day", async () => {
  const holiday = await nextDayOf("DE-BY", ["DE-BE", "US"]);
  goTo(holiday.date);
  const people = await waiting(team, [
    { present_raw_address: "Munich, Bavaria, Germany" },
    { present_raw_address: "Berlin, Germany" },
    { present_raw_address: "United States" },
    { present_raw_address: "Bayern, Deutschland" },
  ]);
  assert.deepEqual(await people.days(), [holiday.after, holiday.date, holiday.date, holiday.after]);

  const { explain } = await team.api.explain.enrollment({ id: people.enrollments[0] ?? "" });
  assert.match(explain.sentence, new RegExp(`is a holiday in Germany \\(Bayern\\): ${holiday.name}\\.`));
  const other = await team.api.explain.enrollment({ id: people.enrollments[1] ?? "" });
  assert.doesNotMatch(other.explain.sentence, /holiday/);
});

test("a mail that is due on a holiday waits, and says for which one", async () => {
  const holiday = await nextDayOf("DE", ["US"]);
  goTo(holiday.date);
  const hours = await everyDay(team, { skip_holidays: false });
  const people = await waiting(team, [{ present_raw_address: "Germany" }], hours);
  await team.api.schedules.update({ id: hours, skip_holidays: true });
  const { explain } = await team.api.explain.enrollment({ id: people.enrollments[0] ?? "" });
  const hold = explain.held_by.find(({ code }) => code === "outside_window");
  assert.match(
    hold?.rule ?? "",
    new RegExp(`is a holiday in Germany: ${holiday.name}\\. The sending schedule is closed`),
  );
  assert.equal(hold?.evidence.holiday_on, holiday.date);
});

test("a contact without a country keeps the team's calendar, or that of the schedule's zone", async () => {
  const other = await world.newTeam();
  const holiday = await nextDayOf("NO", ["US"]);
  goTo(holiday.date);
  const inOslo = { name: "Oslo", time_zone: "Europe/Oslo" };
  const oslo = await waiting(other, [{}], await everyDay(other, inOslo));
  assert.deepEqual(await oslo.days(), [holiday.date], "midnight in Oslo, which is the evening before in UTC");
  const { explain } = await other.api.explain.enrollment({ id: oslo.enrollments[0] ?? "" });
  assert.match(explain.sentence, /is a holiday in Norway/);

  const { team: changed } = await other.api.teams.update({ holiday_calendar: "US" });
  assert.equal(changed.holiday_calendar, "US");
  await catchUpEngine(world);
  const free = await other.api.explain.enrollment({ id: oslo.enrollments[0] ?? "" });
  assert.doesNotMatch(free.explain.sentence, /holiday/, "what waited was planned anew");
  await other.api.teams.update({ holiday_calendar: null });
  assert.equal((await other.api.teams.current()).team.holiday_calendar, null);

  const said = await refused(other.api.teams.update({ holiday_calendar: "ZZ" }));
  assert.equal(said.code, "holiday_calendar_unknown");
});

test("the team's own days close its schedules, move what waits, and open them again", async () => {
  const other = await world.newTeam();
  await other.api.teams.update({ holiday_calendar: "none" });
  const people = await waiting(other, [{}, { present_raw_address: "Japan" }]);
  const [first] = await people.days();
  const ends = String(today().add({ days: 2 }));
  const { holiday } = await other.api.holidays.create({
    name: "Company shutdown",
    starts_on: String(today()),
    ends_on: ends,
  });
  assert.equal(holiday.every_year, false);
  await catchUpEngine(world);
  const closed = await people.days();
  for (const day of closed) assert.ok(day && day > ends, `${day} after ${ends}`);
  const { explain } = await other.api.explain.enrollment({ id: people.enrollments[0] ?? "" });
  assert.match(explain.sentence, /is a day off of your team: Company shutdown\./);

  await other.api.holidays.update({ id: holiday.id, name: "Retreat", ends_on: String(today()) });
  const { holidays } = await other.api.holidays.list();
  assert.deepEqual(
    holidays.map(({ name, ends_on }) => [name, ends_on]),
    [["Retreat", String(today())]],
  );
  await other.api.holidays.remove({ id: holiday.id });
  await catchUpEngine(world);
  assert.equal((await people.days())[0], first);
  assert.equal((await other.api.holidays.list()).holidays.length, 0);
});

test("a day off is sound, and an admin's business", async () => {
  const wish = { name: "Backwards", starts_on: "2027-02-02", ends_on: "2027-02-01" };
  assert.equal((await refused(team.api.holidays.create(wish))).code, "holiday_ends_early");
  const long = { ...wish, ends_on: "2027-06-01" };
  assert.equal((await refused(team.api.holidays.create(long))).code, "holiday_too_long");
  const nobodys = { id: "64f0aa00000000000000dead", name: "Nobody's" };
  assert.equal((await refused(team.api.holidays.update(nobodys))).code, "record_not_found");
  assert.equal(
    (await refused(team.api.holidays.publicDays({ code: "DE-ZZ" }))).code,
    "holiday_calendar_unknown",
  );
  const { holiday_calendars: calendars } = await team.api.holidays.calendars({});
  assert.deepEqual(
    calendars.find(({ code }) => code === "GB-SCT"),
    { code: "GB-SCT", name: "United Kingdom (Scotland)" },
  );
});
