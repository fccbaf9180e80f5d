import { presentMetrics, presentTouchRates } from "../statistics/present.ts";
import type { Metrics } from "../statistics/store.ts";
import { presentTemplate } from "../templates/present.ts";
import type { TemplateRow } from "../templates/store.ts";
import type { TouchValues } from "./store.ts";

type Counted = { touch: TouchValues; metrics: Metrics };

/** Without what is counted. */
export function presentBareTouch(touch: TouchValues) {
  return {
    id: touch.id,
    emailer_step_id: touch.stepId,
    emailer_template_id: touch.templateId,
    status: touch.status,
    type: touch.type,
    include_signature: touch.includeSignature,
    weight: touch.weight,
  };
}

export function presentTouch({ touch, metrics }: Counted) {
  return {
    ...presentBareTouch(touch),
    has_personalized_opener: touch.hasPersonalizedOpener,
    personalized_opener_fallback_option: touch.personalizedOpenerFallbackOption,
    generic_personalized_opener: touch.genericPersonalizedOpener,
    attachment_ids: touch.attachmentIds,
    goes_with_touch_id: touch.goesWithTouchId,
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
