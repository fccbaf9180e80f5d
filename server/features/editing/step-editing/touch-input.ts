// A variant as callers send it, by itself or within a list of steps.

import { Refusal } from "../../../kernel/refusal.ts";
import type { TouchWish } from "./touches-compose.ts";

export type TouchInput = {
  generation_options?: unknown[] | undefined;
  generation_tone?: Record<string, unknown> | null | undefined;
  id?: string | null | undefined;
  type?: TouchWish["type"];
  status?: TouchWish["status"];
  weight?: number | undefined;
  include_signature?: boolean | undefined;
  has_personalized_opener?: boolean | null | undefined;
  personalized_opener_fallback_option?: string | undefined;
  generic_personalized_opener?: string | null | undefined;
  attachment_ids?: string[] | undefined;
  goes_with_touch_id?: string | null | undefined;
  goes_with?: { step: number; variant: number } | undefined;
  emailer_template?:
    | {
        id?: string | null | undefined;
        name?: string | null | undefined;
        subject?: string | null | undefined;
        body_html?: string | null | undefined;
        creation_type?: string | undefined;
      }
    | undefined;
};

export function touchWishFrom(input: TouchInput): TouchWish {
  const { generation_options: options = [], generation_tone: tone } = input;
  if (options.length > 0 || Object.keys(tone ?? {}).length > 0) throw new Refusal("generation_not_offered");
  const mail = input.emailer_template;
  return {
    id: input.id,
    type: input.type,
    status: input.status,
    weight: input.weight,
    includeSignature: input.include_signature,
    hasPersonalizedOpener: input.has_personalized_opener,
    personalizedOpenerFallbackOption: input.personalized_opener_fallback_option,
    genericPersonalizedOpener: input.generic_personalized_opener,
    attachmentIds: input.attachment_ids,
    goesWithTouchId: input.goes_with_touch_id,
    goesWith: input.goes_with,
    mail: mail && {
      id: mail.id,
      name: mail.name,
      subject: mail.subject,
      bodyHtml: mail.body_html,
      creationType: mail.creation_type,
    },
  };
}
