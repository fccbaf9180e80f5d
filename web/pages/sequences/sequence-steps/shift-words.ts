// Why a step does not fall due exactly when its wait is over, in sentences.

import { dateFormat, listFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { placeOf } from "../../../parts/told.ts";
import type { Rehearsal } from "./Storyboard.tsx";

type Shift = NonNullable<Rehearsal["steps"][number]["shifts"]>[number];

const DAY = dateFormat({ weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
const AND = listFormat({ type: "conjunction" });
/** More than these are told as a number. */
const NAMED = 4;

export function sayShift({ reason, dates, name }: Shift, rehearsal: Rehearsal): string {
  const days = dates.map((date) => DAY.format(new Date(`${date}T00:00:00Z`)));
  const on = AND.format(days.slice(0, NAMED));
  switch (reason) {
    case "no_hours":
      return days.length > NAMED
        ? t("{days, plural, one {# day} other {# days}} without sending hours", { days: days.length })
        : t("No sending hours on {on}", { on });
    case "holiday":
      return t("Holiday on {on}: {name}", { on, name: name ?? "" });
    case "outside_hours":
      return rehearsal.uses_contact_time_zone
        ? t("Outside the sending hours in the contact's time zone, {place}", {
            place: placeOf(rehearsal.time_zone),
          })
        : t("Outside the sending hours");
    case "usual_hour":
      return t("The contact usually reads emails at this hour");
    case "day_begins":
      return t("Tasks are due when their day begins");
    case "clock_change":
      return t("The clock change leaves out that time");
    case "date_passed":
      return t("The previous step comes after the fixed date");
  }
}
