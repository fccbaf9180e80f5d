import assert from "node:assert/strict";
import { test } from "node:test";
import { calendarFor, listCalendars, NOWHERE, type Whereabouts } from "./holiday-calendars.ts";
import { holidaySays, holidaysOf, type OwnHoliday } from "./holidays.ts";
import { countriesWithHolidays, countryFile, publicHolidayOn, publicHolidaysIn } from "./public-holidays.ts";
import { holidaysUntil, nextOpening, placeFor, scheduleDayAfter, type TeamSchedule } from "./schedule.ts";

const day = (text: string) => Temporal.PlainDate.from(text);
const instant = (text: string) => Temporal.Instant.from(text);

const OFFICE: TeamSchedule = {
  timeZone: "Europe/Berlin",
  useContactsTimeZone: false,
  skipHolidays: true,
  windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 9 * 60, endsAt: 17 * 60 })),
  holidayCalendar: null,
  ownHolidays: [],
};

test("public holidays fall on the days that the countries print", () => {
  const printed: [calendar: string, date: string, name: string | null][] = [
    ["US", "2026-11-26", "Thanksgiving Day"],
    ["US", "2026-07-03", "Independence Day (substitute day)"], // the 4th is a Saturday
    ["US", "2026-12-24", null],
    ["US-CA", "2026-03-31", "César Chávez Day"],
    ["US", "2026-03-31", null],
    ["DE", "2026-05-25", "Whit Monday"],
    ["DE", "2026-01-06", null],
    ["DE-BY", "2026-01-06", "Epiphany"],
    ["DE-BE", "2026-01-06", null],
    ["DE-BE", "2026-03-08", "International Women's Day"],
    ["DE-BY", "2026-03-08", null],
    ["JP", "2026-05-06", "Constitution Day (substitute day)"], // the 3rd is a Sunday
    ["JP", "2026-09-22", "Citizens' Holiday"],
    ["IN", "2026-01-26", "Republic Day"],
    ["IN", "2026-08-15", "Independence Day"],
    ["GB-SCT", "2026-01-02", "January 2nd"],
    ["GB-ENG", "2026-01-02", null],
    ["GB-SCT", "2026-04-06", null], // Easter Monday is a day of work in Scotland
    ["GB-ENG", "2026-04-06", "Easter Monday"],
    ["GB-ENG", "2027-12-27", "Christmas Day (substitute day)"],
    ["BR", "2026-09-07", "Independence Day"],
    ["BR-SP", "2026-07-09", "Revolução Constitucionalista"],
    ["SA", "2026-03-20", "End of Ramadan (Eid al-Fitr)"],
    ["IL", "2026-09-21", "Day of Atonement (Yom Kippur)"], // from sunset to sunset: the day after the evening
    ["IL", "2026-09-20", null],
    ["CN", "2026-03-08", null], // half a day is a day of work
  ];
  for (const [calendar, date, name] of printed)
    assert.equal(publicHolidayOn(calendar, date), name, `${calendar} ${date}`);
});

test("a year's list and a day's answer are the same", () => {
  for (const calendar of ["US", "DE-BY", "JP", "IR"]) {
    const listed = new Map(publicHolidaysIn(calendar, 2027).map(({ date, name }) => [date, name]));
    for (let date = day("2027-01-01"); date.year === 2027; date = date.add({ days: 1 }))
      assert.equal(publicHolidayOn(calendar, String(date)), listed.get(String(date)) ?? null);
  }
});

test("every country has days and a calendar for each of its regions", () => {
  assert.ok(countriesWithHolidays().length > 200);
  const codes = new Set(listCalendars().map(({ code }) => code));
  for (const country of countriesWithHolidays()) {
    const file = countryFile(country);
    assert.ok(file && file.days.length > 0, country);
    for (const region of Object.keys(file.regions)) assert.ok(codes.has(`${country}-${region}`));
  }
});

test("a contact's calendar is read off the country and state as people write them", () => {
  const rows: [country: string | null, region: string | null, calendar: string][] = [
    ["Germany", null, "DE"],
    ["Deutschland", "Bayern", "DE-BY"],
    ["Germany", "Bavaria", "DE-BY"],
    ["DE", "DE-BY", "DE-BY"],
    ["de", "by", "DE-BY"],
    ["DEU", "Hamburg", "DE-HH"],
    ["Allemagne", null, "DE"],
    ["ドイツ", null, "DE"],
    ["United States", "California", "US-CA"],
    ["USA", "ca", "US-CA"],
    ["日本", null, "JP"],
    ["Scotland", null, "GB-SCT"],
    ["United Kingdom", "Scotland", "GB-SCT"],
    ["Brasil", "São Paulo", "BR-SP"],
    ["Brazil", "Sao Paulo", "BR-SP"],
    ["Switzerland", "Zurich", "CH-ZH"],
    ["Spain", "Community of Madrid", "ES-MD"],
    ["India", "Maharashtra", "IN-MH"],
    ["Georgia", null, "GE"],
    ["United States", "Georgia", "US-GA"],
    ["Türkiye", null, "TR"],
    ["Germany", "Nowhere", "DE"],
    ["Germany", "Munich, Bavaria, Germany", "DE-BY"],
    ["Germany", "10115 Berlin, Deutschland", "DE-BE"],
    ["Germany", "Leipzig, Germany", "DE-SN"],
    ["United Kingdom", "Glasgow, Scotland", "GB-SCT"],
    ["United States", "Springfield, United States", "US"], // there are many
    ["United States", "San Francisco, CA 94103", "US-CA"],
  ];
  for (const [country, region, calendar] of rows)
    assert.equal(calendarFor({ timeZone: null, country, region }, OFFICE), calendar, `${country} ${region}`);
});

test("without a known country the contact's zone, the team's choice and the schedule's zone count, in this order", () => {
  const rows: [Partial<Whereabouts>, holidayCalendar: string | null, timeZone: string, string | null][] = [
    [{ timeZone: "Europe/Oslo" }, "US", "UTC", "NO"],
    [{ timeZone: "Asia/Calcutta" }, "US", "UTC", "IN"],
    [{ country: "Atlantis" }, "US", "Europe/Berlin", "US"],
    [{ country: "", region: "CA" }, "DE-BY", "Europe/Berlin", "DE-BY"],
    [{ timeZone: "UTC" }, null, "Europe/Berlin", "DE"],
    [{}, "none", "Europe/Berlin", null],
    [{}, null, "America/New_York", "US"],
    [{}, null, "UTC", null],
  ];
  for (const [where, holidayCalendar, timeZone, expected] of rows)
    assert.equal(calendarFor({ ...NOWHERE, ...where }, { holidayCalendar, timeZone }), expected);
});

test("two contacts of one schedule wait for different days", () => {
  const thursday = instant("2026-06-03T18:00:00+02:00"); // the day after is Corpus Christi
  const opens = (region: string | null) => {
    const { schedule, zone } = placeFor(OFFICE, { timeZone: null, country: "Germany", region });
    return nextOpening(schedule, zone, thursday)?.toZonedDateTimeISO(zone).toPlainDate().toString();
  };
  assert.equal(opens("Berlin"), "2026-06-04");
  assert.equal(opens("Bavaria"), "2026-06-05");
  assert.equal(placeFor({ ...OFFICE, skipHolidays: false }, NOWHERE).schedule?.holidays, null);
});

test("the team's own days count for everybody, once or every year, across New Year too", () => {
  const shutdown: OwnHoliday = {
    name: "Shutdown",
    startsOn: "2026-12-28",
    endsOn: "2027-01-04",
    everyYear: true,
  };
  const leap: OwnHoliday = { name: "Leap", startsOn: "2024-02-29", endsOn: "2024-02-29", everyYear: true };
  const once: OwnHoliday = {
    name: "Summer party",
    startsOn: "2026-06-17",
    endsOn: "2026-06-17",
    everyYear: false,
  };
  const holidays = holidaysOf(null, [shutdown, leap, once]);
  const rows: [string, string | null][] = [
    ["2025-12-28", null], // before the first one
    ["2026-12-27", null],
    ["2026-12-28", "Shutdown"],
    ["2027-01-04", "Shutdown"],
    ["2027-01-05", null],
    ["2031-12-31", "Shutdown"],
    ["2032-01-01", "Shutdown"],
    ["2028-02-29", "Leap"],
    ["2027-02-28", "Leap"],
    ["2028-02-28", null],
    ["2026-06-17", "Summer party"],
    ["2027-06-17", null],
  ];
  for (const [date, name] of rows) assert.equal(holidays.on(day(date))?.name ?? null, name, date);
});

test("a schedule that own days close for ever never opens, and says so in time", () => {
  const ownHolidays = Array.from({ length: 7 }, (_, n) => {
    const startsOn = day("2026-01-01").add({ days: n * 55 });
    return {
      name: `Part ${n}`,
      startsOn: String(startsOn),
      endsOn: String(startsOn.add({ days: 55 })),
      everyYear: true,
    };
  });
  const { schedule, zone } = placeFor({ ...OFFICE, ownHolidays });
  assert.equal(scheduleDayAfter(schedule, day("2027-03-01"), 3), null);
  assert.equal(nextOpening(schedule, zone, instant("2027-03-01T10:00:00Z")), null);
});

test("what keeps a schedule closed is named with its day and place", () => {
  const ownHolidays = [{ name: "Move", startsOn: "2026-05-26", endsOn: "2026-05-26", everyYear: false }];
  const place = placeFor({ ...OFFICE, ownHolidays }, { ...NOWHERE, country: "Germany" });
  const friday = instant("2026-05-22T18:00:00+02:00");
  const opens = nextOpening(place.schedule, place.zone, friday);
  assert.equal(String(opens), "2026-05-27T07:00:00Z");
  const said = holidaysUntil(place, friday, opens as Temporal.Instant).map(({ date, ...one }) =>
    holidaySays(one, date),
  );
  assert.deepEqual(said, [
    "Monday 25 May is a holiday in Germany: Whit Monday.",
    "Tuesday 26 May is a day off of your team: Move.",
  ]);
});
