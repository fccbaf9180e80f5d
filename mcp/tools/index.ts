// Every tool there is, in the order in which a pipeline meets them.

import type { Tool } from "../tool.ts";
import { contacts } from "./contacts.ts";
import { copilots } from "./copilots.ts";
import { enrolling } from "./enrolling.ts";
import { finding } from "./finding.ts";
import { forecasting } from "./forecasting.ts";
import { importing } from "./importing.ts";
import { prospects } from "./prospects.ts";
import { reporting } from "./reporting.ts";
import { scoring } from "./scoring.ts";
import { sequences } from "./sequences.ts";
import { team } from "./team.ts";
import { work } from "./work.ts";
import { workflows } from "./workflows.ts";

export const tools: readonly Tool[] = [
  ...team,
  ...contacts,
  ...finding,
  ...importing,
  ...prospects,
  ...sequences,
  ...enrolling,
  ...forecasting,
  ...scoring,
  ...copilots,
  ...work,
  ...workflows,
  ...reporting,
];
