import type { Example } from "../endpoint.ts";

const holiday = {
  id: "64f0aa0000000000000000ea",
  name: "Company shutdown",
  starts_on: "2026-12-24",
  ends_on: "2027-01-01",
  every_year: true,
  created_at: "2026-11-20T09:00:00.000Z",
};

export const holidays: Record<string, readonly Example[]> = {
  "holidays.list": [
    { isShownElsewhere: true, title: "All days off", input: {}, answer: { holidays: [holiday] } },
  ],
  "holidays.create": [
    {
      title: "The days between Christmas and New Year",
      input: { name: holiday.name, starts_on: "2026-12-24", ends_on: "2027-01-01", every_year: true },
      answer: { holiday },
    },
  ],
  "holidays.update": [
    {
      isShownElsewhere: true,
      title: "Only this year",
      input: { id: holiday.id, every_year: false },
      answer: { holiday: { ...holiday, every_year: false } },
    },
  ],
  "holidays.remove": [
    {
      title: "Delete a day off",
      input: { id: holiday.id },
      answer: { holiday: { id: holiday.id, deleted: true } },
    },
  ],
  "holidays.calendars": [
    {
      title: "All calendars",
      input: {},
      answer: {
        holiday_calendars: [
          { code: "DE", name: "Germany" },
          { code: "DE-BY", name: "Germany (Bayern)" },
        ],
      },
    },
  ],
  "holidays.publicDays": [
    {
      title: "Bavaria in 2026",
      input: { code: "DE-BY", year: 2026 },
      answer: {
        calendar: { code: "DE-BY", name: "Germany (Bayern)" },
        days: [
          { date: "2026-01-01", name: "New Year's Day" },
          { date: "2026-01-06", name: "Epiphany" },
          { date: "2026-05-25", name: "Whit Monday" },
        ],
      },
    },
  ],
};
