import { inSentence } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { DealStage } from "./deal-stages.ts";
import type { Stage, StageModality } from "./queries.ts";

export const CATEGORIES = perLanguage(() => [
  { value: "in_progress", label: t("In progress") },
  { value: "succeeded", label: t("Succeeded") },
  { value: "failed", label: t("Failed") },
]);

function sayCategory(category: string | null) {
  return CATEGORIES.find(({ value }) => value === category)?.label ?? "–";
}

export const FLAGS: Record<StageModality, { label: string; description: string; short: string }> =
  perLanguage(() => ({
    contact: {
      label: t("Only users move contacts out of this stage"),
      description: t("Email events don't change this stage."),
      short: t("moved by users only"),
    },
    account: {
      label: t("Exclude when prospecting"),
      description: t("Companies in this stage are not suggested as new."),
      short: t("not prospected"),
    },
  }));

export type StagedRecordType = StageModality | "deal";

export const NOUN: Record<StagedRecordType, { one: string; many: string }> = perLanguage(() => ({
  contact: { one: t("contact"), many: t("contacts") },
  account: { one: t("company"), many: t("companies") },
  deal: { one: t("deal"), many: t("deals") },
}));

/** What a stage of deals means, with the figures that come with it. */
// texts: not translated, its values are words of the API
export const TYPES = perLanguage(
  () =>
    [
      { value: "Open", label: t("Open"), probability: 0, forecast: "Pipeline" },
      { value: "Closed/Won", label: t("Won"), probability: 100, forecast: "Closed" },
      { value: "Closed/Lost", label: t("Lost"), probability: 0, forecast: "Omitted" },
    ] as const,
);

export function typeNamed(value: string | null) {
  return TYPES.find((type) => type.value === value) ?? TYPES[0];
}

// texts: not translated, its values are words of the API
export const FORECASTS = perLanguage(() => [
  { value: "Pipeline", label: t("Pipeline") },
  { value: "BestCase", label: t("Best case") },
  { value: "Commit", label: t("Commit") },
  { value: "Closed", label: t("Closed") },
  { value: "Omitted", label: t("Omitted") },
]);

/** What stands beside a stage's name in its list. */
export function sayStage(of: StageModality, stage: Stage) {
  const said = [
    sayCategory(stage.category),
    stage.isMeetingSet && t("meeting booked"),
    stage.flag && FLAGS[of].short,
  ];
  return said.filter(Boolean).join(", ");
}

export function sayDealStage(stage: DealStage) {
  const forecast = FORECASTS.find(({ value }) => value === stage.forecast_category_cd)?.label;
  const said = [
    typeNamed(stage.type).label,
    !stage.is_closed && `${stage.probability} %`,
    !stage.is_closed && forecast && inSentence(forecast),
    stage.is_meeting_set && t("meeting booked"),
  ];
  return said.filter(Boolean).join(", ");
}
