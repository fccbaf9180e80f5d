import type { Copilot, Proposal, State } from "./queries.ts";

export const STATES: readonly { value: State; label: string }[] = [
  { value: "proposed", label: "To decide" },
  { value: "approved", label: "Approved" },
  { value: "rejected", label: "Rejected" },
  { value: "left_out", label: "Could not join" },
];

export const EMPTY: Record<State, string> = {
  proposed: "Nobody waits for a decision.",
  approved: "Nobody was approved yet.",
  rejected: "Nobody was rejected. Rejections teach: others like them come later.",
  left_out: "Everybody who was approved could join.",
};

/** How it stands, in a line. */
export function sayCopilot({ active, hour, per_day, review, waiting, emailer_campaign_id }: Copilot) {
  const whereTo = emailer_campaign_id === null ? " for a sequence you cannot see" : "";
  const when = active ? `Proposes up to ${per_day} a day at ${clock(hour)}${whereTo}` : "Switched off";
  if (!review) return `${when}, and adds them without asking.`;
  return `${when}. ${waiting === 0 ? "Nobody waits" : waiting === 1 ? "One waits" : `${waiting} wait`} for a decision.`;
}

export function clock(hour: number) {
  return `${String(hour).padStart(2, "0")}:00`;
}

/** What the dialog asks of a search; all else that a filter may say is kept as it was. */
export type Whom = { title: string; place: string; lists: string[]; stages: string[]; score: number | "" };

export function whomOf(filters: Copilot["filters"]): Whom {
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

export function filtersOf(whom: Whom, before: Copilot["filters"]): Record<string, unknown> {
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

/** How the first sentence for somebody stands; what follows it is the sentence, where there is one. */
export function sayOpener({ state, says, model }: NonNullable<Proposal["opener"]>) {
  switch (state) {
    case "suggested":
      return `${model ?? "The model"} suggests to begin with: `;
    case "accepted":
      return "Their mail begins with: ";
    case "dropped":
      return "No opener of their own.";
    case "waiting":
    case "asking":
      return "An opener is being drafted …";
    case "withheld":
      return says ?? "";
    default:
      return `No opener was drafted. ${says ?? ""}`;
  }
}

export function signed(points: number) {
  return points < 0 ? `−${-points}` : `+${points}`;
}
