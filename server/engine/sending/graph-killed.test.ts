import { tryKills } from "../../testing/api-kills.ts";
import { GRAPH, usingTokens } from "../../testing/api-mailboxes.ts";

tryKills(await usingTokens(GRAPH));
