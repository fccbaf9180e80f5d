import { STOPS } from "./faults.ts";
import { tryShortly } from "./short-form.ts";

tryShortly(STOPS);
