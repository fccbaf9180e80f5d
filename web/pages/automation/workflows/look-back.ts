// What a look back says, in words.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { sayEvent } from "../../../parts/event-words.ts";
import type { Entity, LookedBack } from "./queries.ts";
import type { Trigger } from "./trigger.ts";
import { people } from "./words.tsx";

/** How many records it would have taken; for no record, what is missing. */
export function sayLookBack(
  { kind, num_triggers, num_taken, num_records }: LookedBack,
  entity: Entity,
  trigger: Trigger,
) {
  if (kind === "unknown") return t("It is not known beforehand which records a call of its URL will name.");
  if (kind === "today")
    return num_records === 0
      ? t("A run now would include no records.")
      : t("A run now would include {records}.", { records: people(num_records, entity) });
  if (num_triggers === 0) return sayNothing(entity, trigger);
  if (num_taken === 0)
    return t(
      "{count, plural, one {The trigger happened once} other {The trigger happened # times}} in the last 30 days, but no record would have been included.",
      { count: num_triggers },
    );
  const records = people(num_records, entity);
  return num_taken === num_records
    ? t("It would have included {records} in the last 30 days.", { records })
    : t("It would have run {count, number} times in the last 30 days, for {records}.", {
        count: num_taken,
        records,
      });
}

const NOTHING: Record<string, string> = perLanguage(() => ({
  "contact.created": t("No contact was created in the last 30 days."),
  "account.created": t("No company was created in the last 30 days."),
  "message.replied": t("No email got a reply in the last 30 days."),
  "contact.meeting_booked": t("No contact booked a meeting in the last 30 days."),
}));

function sayNothing(entity: Entity, trigger: Trigger) {
  if (trigger.type === "date_field") return t("No record reached this date in the last 30 days.");
  if (trigger.type !== "event") return t("The trigger did not happen in the last 30 days.");
  const { event, data = {} } = trigger;
  if ("label_id" in data && event.startsWith("label.records_")) return sayNoList(entity, event);
  const said = Object.keys(data).length === 0 ? NOTHING[event] : undefined;
  return said ?? t("This did not happen in the last 30 days: {event}.", { event: sayEvent(event) });
}

function sayNoList(entity: Entity, event: string) {
  const isAdded = event === "label.records_added";
  if (entity === "account")
    return isAdded
      ? t("No company was added to this list in the last 30 days.")
      : t("No company was removed from this list in the last 30 days.");
  return isAdded
    ? t("No contact was added to this list in the last 30 days.")
    : t("No contact was removed from this list in the last 30 days.");
}

export const sayCut = () => t("There are too many events, so only those since this time were read:");

const REASONS: Record<string, string> = perLanguage(() => ({
  not_found: t("The record no longer exists"),
  loop_stopped: t("Workflows triggered each other five times in a row"),
  already_taken: t("The workflow has run for it already, and repeats later or never"),
  is_contact: t("The person is already a contact"),
  cap_per_run: t("The limit per run is reached"),
  cap_per_day: t("The limit per day is reached"),
  cap_per_owner: t("The limit per owner and day is reached"),
}));

export function sayReason(code: string) {
  return REASONS[code] ?? code.replaceAll("_", " ");
}
