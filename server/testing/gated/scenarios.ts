// For each rule of the gate, how it comes to stop a mail: through the API where people do it, so that the answer is the
// acknowledgement. every-rule.test.ts drives each through the phases of a mail; a rule without a scenario does not compile.

import type { GateCode } from "../../domain/gate/gate.ts";
import type { Scenario } from "./scenario.ts";
import { OF_BRAKES } from "./scenarios-of-brakes.ts";
import { OF_MAIL } from "./scenarios-of-mail.ts";
import { OF_PERSON } from "./scenarios-of-person.ts";
import { OF_PLACE } from "./scenarios-of-place.ts";
import { OF_TIMES } from "./scenarios-of-times.ts";

export const SCENARIOS: Record<GateCode, Scenario> = {
  ...OF_PLACE,
  ...OF_PERSON,
  ...OF_MAIL,
  ...OF_BRAKES,
  ...OF_TIMES,
};
