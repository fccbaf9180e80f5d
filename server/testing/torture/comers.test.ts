import { COMERS } from "./faults.ts";
import { tryShortly } from "./short-form.ts";

tryShortly(COMERS);
