// The report, whole and with each filter by itself.

import type { Scene } from "../scene.ts";

export function reports(at: Scene) {
  const metric = (value: string) => ({
    value,
    smart_datetime_reference: "completed_at",
    smart_user_id_reference: "user_id",
    display_name: "Mails",
  });
  const all = { group_by_totals_selected: true, pivot_group_by_totals_selected: true };
  const whole = {
    metrics: [metric("num_emails_sent"), metric("percent_emails_delivered")],
    group_by: [{ name: "emailer_campaign_id", limit: 5 }],
    pivot_group_by: [{ name: "day_of_week", limit: 5 }],
    filters: {},
    date_ranges: [{ modality: "last_30_days" }],
    ...all,
  };
  const filtered = (filters: object) => ({ body: { metrics: [metric("num_emails_sent")], ...all, filters } });
  const deals = (filters: object) => ({
    body: { metrics: [metric("num_opportunities_created")], ...all, filters },
  });
  const range = (smart_datetime_range: object) => ({
    body: {
      metrics: [metric("num_emails_sent")],
      ...all,
      filters: { smart_datetime_range },
      date_ranges: [{ modality: "custom_range" }],
    },
  });
  return [
    { body: whole },
    { body: { ...whole, sorts: [{ asc: true, metric: metric("num_emails_sent") }] } },
    { body: { ...whole, skip_group_by_values: [at.sequenceId], min_ratio_denominator: 50 } },
    { body: { ...whole, date_ranges: [{ modality: "last_year" }] } },
    filtered({ smart_user_id: [at.colleague] }),
    filtered({ smart_subteam_id: [at.subteam] }),
    filtered({ emailer_campaign_ids: [at.spoiledSequence] }),
    filtered({ contact_stage_ids: [at.stage] }),
    filtered({ account_stage_ids: [at.accountStage] }),
    deals({ opportunity_stage_ids: [at.dealStage] }),
    filtered({ email_account_ids: [at.secondMailbox] }),
    range({ min: "2100-01-01", max: "2100-02-01" }),
  ];
}
