import { KILLS } from "./faults.ts";
import { tryShortly } from "./short-form.ts";

tryShortly(KILLS);
