import type { DealStage } from "./deal-stages.ts";
import type { Modality, Stage } from "./queries.ts";

export const CATEGORIES = [
  { value: "in_progress", label: "In progress" },
  { value: "succeeded", label: "Succeeded" },
  { value: "failed", label: "Failed" },
];

export function sayCategory(category: string | null) {
  return CATEGORIES.find(({ value }) => value === category)?.label ?? "–";
}

export const FLAGS: Record<Modality, { label: string; description: string; short: string }> = {
  contact: {
    label: "Only people move somebody out of it",
    description: "What happens to mails leaves contacts in this stage alone.",
    short: "moved by people only",
  },
  account: {
    label: "Left out when prospecting",
    description: "Companies in this stage are not offered as new ones.",
    short: "not prospected",
  },
};

export type Kind = Modality | "deal";

export const NOUN: Record<Kind, { one: string; many: string }> = {
  contact: { one: "contact", many: "contacts" },
  account: { one: "company", many: "companies" },
  deal: { one: "deal", many: "deals" },
};

/** What a stage of deals means, with the figures that come with it. */
export const TYPES = [
  { value: "Open", label: "Open", probability: 0, forecast: "Pipeline" },
  { value: "Closed/Won", label: "Won", probability: 100, forecast: "Closed" },
  { value: "Closed/Lost", label: "Lost", probability: 0, forecast: "Omitted" },
] as const;

export function typeNamed(value: string | null) {
  return TYPES.find((type) => type.value === value) ?? TYPES[0];
}

export const FORECASTS = [
  { value: "Pipeline", label: "Pipeline" },
  { value: "BestCase", label: "Best case" },
  { value: "Commit", label: "Commit" },
  { value: "Closed", label: "Closed" },
  { value: "Omitted", label: "Left out" },
];

/** What stands beside a stage's name in its list. */
export function sayStage(of: Modality, stage: Stage) {
  const said = [
    sayCategory(stage.category),
    stage.isMeetingSet && "a meeting is set",
    stage.flag && FLAGS[of].short,
  ];
  return said.filter(Boolean).join(", ");
}

export function sayDealStage(stage: DealStage) {
  const forecast = FORECASTS.find(({ value }) => value === stage.forecast_category_cd)?.label.toLowerCase();
  const said = [
    typeNamed(stage.type).label,
    !stage.is_closed && `${stage.probability} %`,
    !stage.is_closed && forecast,
    stage.is_meeting_set && "a meeting is set",
  ];
  return said.filter(Boolean).join(", ");
}
