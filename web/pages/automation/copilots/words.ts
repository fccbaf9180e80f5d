import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { Copilot, Proposal, State } from "./queries.ts";

export const STATES: readonly { value: State; label: string }[] = perLanguage(() => [
  { value: "proposed", label: t("To review") },
  { value: "approved", label: t("Approved") },
  { value: "rejected", label: t("Rejected") },
  { value: "left_out", label: t("Could not be added") },
]);

export const EMPTY: Record<State, string> = perLanguage(() => ({
  proposed: t("No contacts to review."),
  approved: t("No contacts approved yet."),
  rejected: t("No contacts rejected. After a rejection, similar contacts rank lower."),
  left_out: t("All approved contacts were added."),
}));

/** The state of a copilot, in a line. */
export function sayCopilot({ active, hour, per_day, review, waiting, emailer_campaign_id }: Copilot) {
  const whereTo = emailer_campaign_id === null ? t(" for a sequence you cannot see") : "";
  const when = active
    ? t("Proposes up to {per_day} contacts a day at {hour}{whereTo}", { per_day, hour: clock(hour), whereTo })
    : t("Off");
  if (!review) return t("{when}. Adds them without review.", { when });
  return t("{when}. {n, plural, =0 {No contacts} one {# contact} other {# contacts}} to review.", {
    when,
    n: waiting,
  });
}

export function clock(hour: number) {
  return `${String(hour).padStart(2, "0")}:00`;
}

/** What the dialog asks of a search; all else that a filter may say is kept as it was. */
type CopilotAudience = {
  title: string;
  place: string;
  lists: string[];
  stages: string[];
  score: number | "";
};

export function whomOf(filters: Copilot["filters"]): CopilotAudience {
  const range = filters.prospect_score_range as { min?: number } | undefined;
  return {
    title: textIn(filters.q_title),
    place: textIn(filters.q_location),
    lists: idsIn(filters.contact_label_ids),
    stages: idsIn(filters.contact_stage_ids),
    score: range?.min ?? "",
  };
}

function textIn(value: unknown) {
  return typeof value === "string" ? value : "";
}

function idsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export function filtersOf(whom: CopilotAudience, before: Copilot["filters"]): Record<string, unknown> {
  const { q_title, q_location, contact_label_ids, contact_stage_ids, prospect_score_range, ...rest } = before;
  return {
    ...rest,
    ...(whom.title.trim() && { q_title: whom.title.trim() }),
    ...(whom.place.trim() && { q_location: whom.place.trim() }),
    ...(whom.lists.length > 0 && { contact_label_ids: whom.lists }),
    ...(whom.stages.length > 0 && { contact_stage_ids: whom.stages }),
    ...(whom.score !== "" && { prospect_score_range: { min: whom.score } }),
  };
}

/** The state of the contact's first sentence; the sentence itself follows when there is one. */
export function sayOpener({
  state,
  says,
  model,
}: Pick<NonNullable<Proposal["opener"]>, "state" | "says" | "model">) {
  switch (state) {
    case "suggested":
      return t("{model} suggests this first sentence: ", { model: model ?? t("The model") });
    case "accepted":
      return t("The email starts with: ");
    case "dropped":
      return t("No opener.");
    case "waiting":
    case "asking":
      return t("An opener is being drafted …");
    case "withheld":
      return says ?? "";
    default:
      return t("No opener was drafted. {says}", { says: says ?? "" });
  }
}

export function signed(points: number) {
  return points < 0 ? `−${-points}` : `+${points}`;
}
