import { contract } from "@cadenza/contract";
import type { Act } from "../../../app.ts";
import { route } from "../../../http/route.ts";
import { hideNamed, viewerIn } from "../../access/sharing/hiding.ts";
import { readFilters } from "../workflows/workflow-input.ts";
import * as commands from "./commands.ts";
import { presentCopilot, presentLesson, presentProposal } from "./present.ts";
import { searchProposals } from "./proposals-store.ts";
import { type CopilotWithCounts, listCopilots } from "./store.ts";

export const routes = [
  route(contract.copilots.list, async ({ db, caller }) => ({
    copilots: await hideNamed(
      { db, caller },
      (await listCopilots(db, caller.teamId, viewerIn(caller))).map((one) => presentCopilot(one)),
    ),
  })),

  route(contract.copilots.create, async ({ input, ...act }) => ({
    copilot: await shown(
      act,
      await commands.createCopilot(act, {
        name: input.name,
        perDay: input.per_day,
        isReviewed: input.review,
        hour: input.hour,
        filters: readFilters("contact", input.filters ?? {}),
        exampleIds: [...new Set(input.example_contact_ids ?? [])],
        sequenceId: input.emailer_campaign_id,
        mailboxIds: [...new Set(input.email_account_ids)],
        isActive: input.active,
      }),
    ),
  })),

  route(contract.copilots.show, async ({ input, ...act }) => ({
    copilot: await shown(act, await commands.getCopilot(act, input.id)),
    lessons: (await commands.lessonsOf(act, input.id)).map(presentLesson),
  })),

  route(contract.copilots.update, async ({ input, ...act }) => ({
    copilot: await shown(
      act,
      await commands.changeCopilot(act, input.id, {
        ...(input.name !== undefined && { name: input.name }),
        ...(input.filters !== undefined && { filters: readFilters("contact", input.filters) }),
        ...(input.example_contact_ids !== undefined && {
          exampleIds: [...new Set(input.example_contact_ids)],
        }),
        ...(input.emailer_campaign_id !== undefined && { sequenceId: input.emailer_campaign_id }),
        ...(input.email_account_ids !== undefined && { mailboxIds: [...new Set(input.email_account_ids)] }),
        ...(input.per_day !== undefined && { perDay: input.per_day }),
        ...(input.review !== undefined && { isReviewed: input.review }),
        ...(input.hour !== undefined && { hour: input.hour }),
        ...(input.active !== undefined && { isActive: input.active }),
      }),
    ),
  })),

  route(contract.copilots.delete, async ({ input, ...act }) => {
    await commands.deleteCopilot(act, input.id);
    return { copilot: { id: input.id, deleted: true as const } };
  }),

  route(contract.copilots.propose, async ({ input, ...act }) => {
    const { copilot, proposals } = await commands.proposeNow(act, input.id);
    return { copilot: await shown(act, copilot), proposals: proposals.map(presentProposal) };
  }),

  route(contract.copilots.proposals, async ({ input, ...act }) => {
    const { id, state, page, per_page } = input;
    await commands.getCopilot(act, id);
    const place = { state, limit: per_page, offset: (page - 1) * per_page };
    const { rows, total } = await searchProposals(act.db, act.caller.teamId, id, place);
    const pagination = { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) };
    return { proposals: rows.map(presentProposal), pagination };
  }),

  route(contract.copilots.edit, async ({ input, ...act }) => {
    const rows = await commands.editProposal(act, input.id, input.proposal_id, input.email_account_id);
    return { proposals: rows.map(presentProposal) };
  }),

  route(contract.copilots.decideOpener, async ({ input, ...act }) => {
    const { id, proposal_id, decision, text } = input;
    const rows = await commands.decideOpener(act, id, proposal_id, { decision, text });
    return { proposals: rows.map(presentProposal) };
  }),

  route(contract.copilots.approve, async ({ input, ...act }) => ({
    proposals: (await commands.approve(act, input.id, input.proposal_ids)).map(presentProposal),
  })),

  route(contract.copilots.reject, async ({ input, ...act }) => ({
    proposals: (await commands.reject(act, input.id, input.proposal_ids, input.reason?.trim() || null)).map(
      presentProposal,
    ),
  })),
];

/** As far as the caller may see it. */
function shown(act: Pick<Act, "db" | "caller">, copilot: CopilotWithCounts) {
  return hideNamed(act, presentCopilot(copilot));
}
