import type { Act } from "../../../app.ts";
import { isFallback } from "../../../domain/time/holiday-calendars.ts";
import { cleanHtml } from "../../../kernel/html.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { hashToken, newToken, prefixOf } from "../../../kernel/tokens.ts";
import { endTimedHolds } from "../../contacts/answer-holds/commands.ts";
import { askForHolidays } from "../../editing/replanning/store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { lookAgainAtRecipients } from "../../gate/recipients/store.ts";
import { lookAgainAtCompanies, lookAgainAtSteps, lookAgainAtTouches } from "../../gate/touch-limits/store.ts";
import { insertApiKey } from "../../identity/api-keys/store.ts";
import { INVITATION_LASTS, insertInvitation } from "../../identity/invitations/store.ts";
import * as store from "../../identity/teams/store.ts";
import { insertUser } from "../../identity/users/store.ts";
import { holdIncoming } from "../../receiving/incoming/store.ts";
import { seedDefaults } from "./defaults.ts";

export async function changeTeam(act: Act, wish: store.TeamChange) {
  const { db, caller } = act;
  const { name, timeZone, includesOptOut, domainDailyLimit, touchLimits, recipientLimits, linkedinLimits } =
    wish;
  const { holidayCalendar, onlyOwnersAddContacts, holdsAnswers, answerHoldDays, assumeDeliveredAfterHours } =
    wish;
  const change = { ...wish, optOutTemplate: wish.optOutTemplate && cleanHtml(wish.optOutTemplate) };
  if (holidayCalendar && !isFallback(holidayCalendar))
    throw new Refusal("holiday_calendar_unknown", { calendar: holidayCalendar });
  // What is being taken in goes by the old setting: what it holds ends below, too.
  if (holdsAnswers === false) await holdIncoming(db, caller.teamId);
  const team = await store.updateTeam(db, caller.teamId, change);
  if (!team) throw new Refusal("record_not_found");
  if (touchLimits) await lookAgainAtTouches(db, caller.teamId);
  if (recipientLimits) await lookAgainAtRecipients(db, caller.teamId, null);
  if (touchLimits || linkedinLimits) await lookAgainAtSteps(db, caller.teamId);
  if (domainDailyLimit !== undefined) await lookAgainAtCompanies(db, caller.teamId);
  if (holidayCalendar !== undefined) await askForHolidays(db, caller.teamId);
  if (holdsAnswers === false) await endTimedHolds(byCaller(act));
  await record(byCaller(act), {
    type: "team.changed",
    subject: { type: "team", id: team.id },
    data: {
      name,
      timeZone,
      ...(includesOptOut !== null && { includesOptOut }),
      ...(domainDailyLimit !== undefined && { domainDailyLimit }),
      ...(touchLimits !== undefined && { touchLimits }),
      ...(recipientLimits !== undefined && { recipientLimits }),
      ...(linkedinLimits !== undefined && { linkedinLimits }),
      ...(onlyOwnersAddContacts !== undefined && { onlyOwnersAddContacts }),
      ...(assumeDeliveredAfterHours !== undefined && { assumeDeliveredAfterHours }),
      ...(holidayCalendar !== undefined && { holidayCalendar }),
      ...(holdsAnswers !== undefined && { holdsAnswers }),
      ...(answerHoldDays !== undefined && { answerHoldDays }),
    },
  });
  return team;
}

/** A further team with an owner who has yet to join, and a master key for the person who sets it up. */
export async function openTeam(act: Act, wish: { name: string; ownerEmail: string; timeZone: string }) {
  const { db, now, app, caller } = act;
  const teamId = newId();
  const ownerId = newId();
  await store.enterTeam(db, teamId);
  await store.insertTeam(db, teamId, wish, now);
  const owner = { id: ownerId, email: wish.ownerEmail, firstName: null, lastName: null, title: null };
  await insertUser(db, teamId, { ...owner, role: "admin", isOperator: false, passwordHash: null }, now);
  await seedDefaults(db, teamId, now);

  const key = newToken("cdz");
  const apiKey = await insertApiKey(
    db,
    teamId,
    {
      id: newId(),
      name: "First key",
      prefix: prefixOf(key),
      keyHash: hashToken(key),
      isMaster: true,
      isBootstrap: false,
      scopes: [],
      userId: null,
      createdBy: null,
      expiresAt: null,
    },
    now,
  );
  const token = newToken("cdz_inv");
  await insertInvitation(
    db,
    teamId,
    {
      id: newId(),
      userId: ownerId,
      purpose: "join",
      tokenHash: hashToken(token),
      createdBy: null,
      expiresAt: now.add(INVITATION_LASTS),
    },
    now,
  );
  // Recorded in the new team's history, where the operator is unknown, and in the operator's own.
  const opened = {
    type: "team.created",
    subject: { type: "team", id: teamId },
    data: { name: wish.name },
  } as const;
  await record({ db, now, origin: act.origin, teamId, userId: null, apiKeyId: null }, opened);
  const team = await store.findTeam(db, teamId);
  await store.enterTeam(db, caller.teamId);
  await record(byCaller(act), opened);
  if (!team) throw new Refusal("record_not_found");
  return { team, apiKey, key, invitationUrl: `${app.config.publicUrl}/invitation#${token}` };
}
