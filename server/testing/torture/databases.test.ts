import { DATABASES } from "./faults.ts";
import { tryShortly } from "./short-form.ts";

tryShortly(DATABASES);
