import { tryKills } from "../../testing/api-kills.ts";
import { GMAIL, usingTokens } from "../../testing/api-mailboxes.ts";

tryKills(await usingTokens(GMAIL));
