import { contract } from "@cadenza/contract";
import { route, routeWithBefore } from "../../../http/route.ts";
import {
  deleteModel,
  noteModelTried,
  promptsFor,
  refuseUnfitUrl,
  saveModel,
  teamDayOf,
  tryModel,
} from "./commands.ts";
import { presentModel, presentModelUsage, presentPrompt, presentTriedModel } from "./present.ts";
import { findModel, usageSince } from "./store.ts";

const { languageModel } = contract;
const SHOWN = { hours: 30 * 24 };

export const routes = [
  route(languageModel.show, async ({ input: _, ...act }) => {
    const { db, now, caller } = act;
    const model = await findModel(db, caller.teamId);
    const usage = await usageSince(db, caller.teamId, await teamDayOf(act, now.subtract(SHOWN)));
    return { language_model: model && presentModel(model), usage: usage.map(presentModelUsage) };
  }),

  routeWithBefore(
    languageModel.save,
    ({ app, input }) => refuseUnfitUrl(app, input.base_url),
    async ({ input, ...act }) => {
      const model = await saveModel(act, {
        ...(input.base_url !== undefined && { baseUrl: input.base_url }),
        ...(input.model !== undefined && { model: input.model }),
        ...(input.model_key !== undefined && { key: input.model_key }),
        ...(input.guidance !== undefined && { guidance: input.guidance }),
        ...(input.timeout_ms !== undefined && { timeoutMs: input.timeout_ms }),
        ...(input.daily_calls !== undefined && { dailyCalls: input.daily_calls }),
        ...(input.max_tokens !== undefined && { maxTokens: input.max_tokens }),
        ...(input.token_limit_name !== undefined && { tokenLimitName: input.token_limit_name }),
        ...(input.drafts_openers !== undefined && { draftsOpeners: input.drafts_openers }),
        ...(input.suggests_classes !== undefined && { suggestsClasses: input.suggests_classes }),
      });
      return { language_model: presentModel(model) };
    },
  ),

  route(languageModel.delete, async ({ input: _, ...act }) => {
    await deleteModel(act);
    return { language_model: { deleted: true as const } };
  }),

  routeWithBefore(
    languageModel.test,
    ({ app, caller }) => tryModel(app, caller.teamId),
    async ({ input: _, before, ...act }) => presentTriedModel(before, await noteModelTried(act, before)),
  ),

  route(languageModel.prompts, async ({ input, ...act }) => {
    const about = { contactId: input.contact_id, incomingId: input.incoming_mail_id };
    const { opener, replyClass } = await promptsFor(act, about);
    return { opener: presentPrompt(opener), reply_class: presentPrompt(replyClass) };
  }),
];
