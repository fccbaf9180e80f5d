// What works in the background: copilots, the language model, scores, workflows, forecasts.

import { newCopilot, newCopilotWish, plantProposal } from "../copiloted.ts";
import { plantTrialRun } from "../planted-trial.ts";
import { plantSuggested } from "../suggested.ts";
import { plantTaken } from "../taken.ts";
import type { MakerContext, Wishes } from "./makers.ts";

const MODEL = { base_url: "https://models.example.invalid/v1", model: "small-1", timeout_ms: 1000 };

export function automation({ world, team, make }: MakerContext): Wishes {
  return {
    "copilots.create": async () => ({ input: await newCopilotWish(team) }),
    "copilots.update": async () => ({ input: { id: await newCopilot(team), per_day: 3 } }),
    "copilots.delete": async () => ({ input: { id: await newCopilot(team) } }),
    "copilots.propose": async () => ({ input: { id: await newCopilot(team) } }),
    "copilots.edit": async () => {
      const id = await newCopilot(team);
      const proposal_id = await plantProposal(world, team, id);
      return { input: { id, proposal_id, email_account_id: await make.mailbox() } };
    },
    "copilots.decideOpener": async () => {
      const id = await newCopilot(team);
      const proposal_id = await plantProposal(world, team, id);
      return { input: { id, proposal_id, decision: "accept", text: "You run the plant." } };
    },
    "languageModel.save": async () => ({ input: MODEL }),
    "languageModel.delete": async () => {
      await team.api.languageModel.save(MODEL);
      return { input: {} };
    },
    "languageModel.test": async () => {
      await team.api.languageModel.save(MODEL);
      return { input: {} };
    },
    "incomingMails.decideSuggestion": async () => ({
      input: { id: await plantSuggested(world, team), decision: "accept" },
    }),
    "copilots.approve": async () => {
      const id = await newCopilot(team);
      return { input: { id, proposal_ids: [await plantProposal(world, team, id)] } };
    },
    "copilots.reject": async () => {
      const id = await newCopilot(team);
      return { input: { id, proposal_ids: [await plantProposal(world, team, id)] } };
    },
    "scoreFormula.replace": async () => ({
      input: { signals: [{ field: "phone", operator: "is_known", weight: 10 }] },
    }),
    "scoreFormula.reset": async () => ({ input: {} }),
    "workflows.create": async () => ({ input: make.workflowWish() }),
    "workflows.update": async () => ({ input: { id: (await make.workflow()).id, net_new: true } }),
    "workflows.delete": async () => ({ input: { id: (await make.workflow()).id } }),
    "workflows.activate": async () => ({ input: { id: (await make.workflow()).id } }),
    "workflows.deactivate": async () => {
      const { id } = await make.workflow();
      await team.api.workflows.activate({ id });
      return { input: { id } };
    },
    "workflows.archive": async () => ({ input: { id: (await make.workflow()).id } }),
    "workflows.run": async () => ({ input: { id: (await make.workflow()).id } }),
    "workflows.rotateSecrets": async () => ({ input: { id: (await make.workflow()).id } }),
    "workflowRuns.cancel": async () => ({ input: { id: (await plantTaken(world, team)).run } }),
    "workflowCandidates.rerun": async () => ({ input: { id: (await plantTaken(world, team)).candidate } }),
    "workflowNotices.read": async () => ({ input: { id: (await plantTaken(world, team)).notice } }),
    "forecasts.create": async () => ({ input: { days: 2, seed: 1 } }),
    "trialRuns.start": async () => ({ input: { id: (await plantTrialRun(team)).sequenceId, days: 1 } }),
    "trialRuns.delete": async () => ({ input: { id: (await plantTrialRun(team)).id } }),
  };
}
