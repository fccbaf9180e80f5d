import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { presentApiKey } from "../../identity/api-keys/present.ts";
import { presentTeam } from "../../identity/teams/present.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { changeTeam, openTeam } from "./commands.ts";

export const routes = [
  route(contract.teams.current, async ({ db, caller }) => {
    const team = await findTeam(db, caller.teamId);
    if (!team) throw new Refusal("record_not_found");
    return { team: presentTeam(team) };
  }),

  route(contract.teams.update, async ({ input, ...act }) => ({
    team: presentTeam(
      await changeTeam(act, {
        name: input.name ?? null,
        timeZone: input.time_zone ?? null,
        includesOptOut: input.should_include_unsubscribe_link ?? null,
        optOutTemplate:
          input.opt_out_html_template === undefined ? null : (input.opt_out_html_template ?? ""),
        domainDailyLimit: input.max_emails_per_recipient_domain_per_day,
        touchLimits: input.touch_limits,
        recipientLimits: input.recipient_limits?.map(({ provider = null, ...limit }) => ({
          ...limit,
          provider,
        })),
        linkedinLimits: input.linkedin_tasks_per_day,
        onlyOwnersAddContacts: input.only_owners_add_contacts,
        assumeDeliveredAfterHours: input.assume_delivered_after_hours,
        holdsAnswers: input.hold_after_answer,
        answerHoldDays: input.answer_hold_days,
        holidayCalendar: input.holiday_calendar,
      }),
    ),
  })),

  route(contract.teams.create, async ({ input, ...act }) => {
    const opened = await openTeam(act, {
      name: input.name,
      ownerEmail: input.owner_email,
      timeZone: input.time_zone ?? "UTC",
    });
    return {
      team: presentTeam(opened.team),
      api_key: { ...presentApiKey(opened.apiKey), key: opened.key },
      invitation_url: opened.invitationUrl,
    };
  }),
];
