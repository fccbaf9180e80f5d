import { contract } from "@cadenza/contract";
import { routeWithBefore } from "../../../http/route.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { answerCaught, emptyCatcher, refuseWithoutCatcher } from "./commands.ts";
import { presentCaught, presentMail } from "./present.ts";
import { searchCaught } from "./store.ts";

const ifItRuns = ({ app }: { app: Parameters<typeof refuseWithoutCatcher>[0] }) => refuseWithoutCatcher(app);

export const routes = [
  routeWithBefore(contract.catcher.list, ifItRuns, async ({ db, caller, input }) => {
    const wish = { to: input.to?.trim() || null, limit: input.limit, viewerId: viewerIn(caller) };
    return { messages: (await searchCaught(db, caller.teamId, wish)).map(presentCaught) };
  }),

  routeWithBefore(contract.catcher.reply, ifItRuns, async ({ input, ...act }) => {
    const until = input.until ? readMoment(input.until).toZonedDateTimeISO("UTC").toPlainDate() : null;
    const wish = { kind: input.kind, text: input.text?.trim() || null, until };
    return { message: { ...presentMail(await answerCaught(act, input.id, wish)), kind: input.kind } };
  }),

  routeWithBefore(contract.catcher.empty, ifItRuns, async ({ input: _, ...act }) => ({
    deleted: await emptyCatcher(act),
  })),
];
