// Apollo knows several pipelines of deals. A team here has one, which holds all of its stages; its id follows from the team's.

import { hash } from "node:crypto";

export function pipelineIdOf(teamId: string) {
  return hash("sha256", `pipeline ${teamId}`).slice(0, 24);
}
