// Steps are edited while mails of them wait at the gate: texts, their order, steps added and deleted. Half of the
// edits are for all contacts, half for newly enrolled ones. No contact may get a step twice or out of order, and none
// may be left waiting.

import type { Chance } from "../../sample/chance.ts";
import type { Arena } from "./arena.ts";
import { fault, pauseOf, type TortureFault } from "./fault.ts";
import { joined, type TortureScene } from "./scene.ts";
import { MOOD } from "./stops.ts";

/** A step as an edit sends it: with its own mark in its mail, by which the witness tells it from every other. */
type Edited = { id?: string; mark: number; isReworded: boolean };
type Edit = (steps: readonly Edited[], chance: Chance, mark: number) => Edited[];

const EDITS: Readonly<Record<string, Edit>> = {
  reword: (steps, chance) => changing(steps, chance, (step) => [{ ...step, isReworded: true }]),
  add: (steps, chance, mark) => steps.toSpliced(chance.whole(0, steps.length), 0, { mark, isReworded: true }),
  remove: (steps, chance) => (steps.length < 3 ? [...steps] : changing(steps, chance, () => [])),
  "put in another order": (steps, chance) => {
    const at = chance.whole(0, steps.length - 2);
    return [...steps.slice(0, at), ...steps.slice(at, at + 2).toReversed(), ...steps.slice(at + 2)];
  },
};

function changing(steps: readonly Edited[], chance: Chance, change: (step: Edited) => Edited[]) {
  const at = chance.whole(0, steps.length - 1);
  return steps.flatMap((step, n) => (n === at ? change(step) : [step]));
}

export const edits: TortureFault = fault({
  name: `steps edited (${Object.keys(EDITS).join(", ")}), for everybody or for who joins: racing the gate`,
  unit: "edits",
  short: 6,
  full: 2_000,
  portion: 60,
  mood: MOOD,
  async strike(arena, size) {
    const scene = await arena.scene({ mailboxes: 2, contacts: size, waits: [0, 0, 0, 0] });
    await editOnce(arena, scene, { is: everyMailItsOwnThread, mode: "live", n: 0 });
    await arena.crew.hireMany(2);
    for (let n = 1; n <= size; n++) {
      await pauseOf(arena.chance, 20, 300);
      const mode = arena.chance.happens(0.5) ? "live" : "frozen";
      await editOnce(arena, scene, { is: arena.chance.pick(Object.values(EDITS)), mode, n });
      await joined(scene, 4);
    }
    return undefined;
  },
});

/** Else an answer could come to stand before what it answers. */
const everyMailItsOwnThread: Edit = (steps) => steps.map((step) => ({ ...step, isReworded: true }));

type Turn = { is: Edit; mode: "live" | "frozen"; n: number };

async function editOnce({ chance, team }: Arena, { sequenceId }: TortureScene, { is: edit, mode, n }: Turn) {
  const { emailer_steps, emailer_templates, emailer_touches } = await team.api.sequences.show({
    id: sequenceId,
  });
  const textOf = (stepId: string) => {
    const touch = emailer_touches.find((one) => one.emailer_step_id === stepId);
    return emailer_templates.find(({ id }) => id === touch?.emailer_template_id)?.body_html ?? "";
  };
  const steps = emailer_steps.map(({ id }) => {
    const mark = Number(/T:[^:]*:(\d+)/.exec(textOf(id))?.[1]);
    return { id, mark, isReworded: false };
  });
  await team.api.sequences.update({
    id: sequenceId,
    force: true,
    edit_mode: mode,
    emailer_steps: edit(steps, chance, 100 + n).map((step) => ({
      ...(step.id ? { id: step.id } : { type: "auto_email" as const }),
      wait_time: 0,
      wait_mode: "minute" as const,
      ...(step.isReworded && { emailer_touches: [mailOf(step.mark, n)] }),
    })),
  });
}

function mailOf(mark: number, n: number) {
  return {
    status: "approved" as const,
    type: "new_thread" as const,
    emailer_template: {
      subject: "Hello {{first_name}}",
      body_html: `<p>${n}</p><p>T:{{first_name}}:${mark}</p>`,
    },
  };
}
