import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { pagination, rowsOf } from "../../../kernel/pages.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { evaluate, forgetExample } from "./commands.ts";
import { presentEvaluation, presentExample } from "./present.ts";
import { listExamples } from "./store.ts";

export const routes = [
  route(contract.replies.evaluate, async ({ input, ...act }) => ({
    evaluation: presentEvaluation(await evaluate(act, input.days)),
  })),

  route(contract.replies.examples, async ({ db, caller, input }) => {
    const wish = { contactId: input.contact_id ?? null, viewerId: viewerIn(caller), ...rowsOf(input) };
    const { rows, total } = await listExamples(db, caller.teamId, wish);
    return { reply_examples: rows.map(presentExample), pagination: pagination(input, total) };
  }),

  route(contract.replies.deleteExample, async ({ input, ...act }) => ({
    reply_example: presentExample(await forgetExample(act, input.id)),
  })),
];
