import type { MailboxLimits, WhatIf } from "../../../domain/insight/what-if.ts";

type LimitsSent = {
  email_daily_threshold?: number | null | undefined;
  max_outbound_emails_per_hour?: number | null | undefined;
  seconds_delay_between_emails?: number | null | undefined;
};

type ContactsSent = { emailer_campaign_id: string; count: number };

export type WhatIfInput = {
  add_mailboxes?: readonly LimitsSent[] | undefined;
  change_limits?: Record<string, LimitsSent> | undefined;
  add_contacts?: ContactsSent | readonly ContactsSent[] | undefined;
  switch_off_steps?: readonly string[] | undefined;
};

export function whatIfFrom(input: WhatIfInput = {}): WhatIf {
  const contacts = input.add_contacts ?? [];
  return {
    addMailboxes: (input.add_mailboxes ?? []).map(limitsFrom),
    changeLimits: new Map(
      Object.entries(input.change_limits ?? {}).map(([id, limits]) => [id, limitsFrom(limits)]),
    ),
    addContacts: ("count" in contacts ? [contacts] : contacts).map(({ emailer_campaign_id, count }) => ({
      sequenceId: emailer_campaign_id,
      count,
    })),
    switchOffSteps: new Set(input.switch_off_steps ?? []),
  };
}

/** What is left out stays as it is; null is said on purpose. */
function limitsFrom(sent: LimitsSent): MailboxLimits {
  return {
    ...(sent.email_daily_threshold !== undefined && { dailyLimit: sent.email_daily_threshold }),
    ...(sent.max_outbound_emails_per_hour !== undefined && {
      hourlyLimit: sent.max_outbound_emails_per_hour,
    }),
    ...(sent.seconds_delay_between_emails !== undefined && { gapSeconds: sent.seconds_delay_between_emails }),
  };
}
