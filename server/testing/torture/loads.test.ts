import { LOADS } from "./faults.ts";
import { tryShortly } from "./short-form.ts";

tryShortly(LOADS);
