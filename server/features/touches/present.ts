import { presentMetrics, presentTouchRates } from "../statistics/present.ts";
import type { Metrics } from "../statistics/store.ts";
import { presentTemplate } from "../templates/present.ts";
import type { TemplateRow } from "../templates/store.ts";
import type { TouchValues } from "./store.ts";

type Counted = { touch: TouchValues; metrics: Metrics };

export function presentTouch({ touch, metrics }: Counted) {
  return {
    id: touch.id,
    emailer_step_id: touch.stepId,
    emailer_template_id: touch.templateId,
    status: touch.status,
    type: touch.type,
    include_signature: touch.includeSignature,
    has_personalized_opener: touch.hasPersonalizedOpener,
    personalized_opener_fallback_option: touch.personalizedOpenerFallbackOption,
    generic_personalized_opener: touch.genericPersonalizedOpener,
    attachment_ids: touch.attachmentIds,
    weight: touch.weight,
    ...presentMetrics(metrics),
    ...presentTouchRates(metrics),
    template_type: null,
    generation_options: [],
    generation_tone: {},
    content_center_type: null,
    product_profile_ids: [],
    composition_mode: null,
    project_workspace_id: null,
  };
}

export function presentTouchWithTemplate(counted: Counted & { template: TemplateRow }) {
  return { ...presentTouch(counted), emailer_template: presentTemplate(counted.template) };
}
