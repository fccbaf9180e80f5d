// Asks every published operation, and notes what came of each parameter and each field.

import { type Operation, readPublished } from "@cadenza/contract/published";
import { ask, type Door } from "./asking.ts";
import { CALLS } from "./calls.ts";
import { type FieldVerdict, judgeField } from "./fields.ts";
import { type ParameterVerdict, tryParameters } from "./parameters.ts";
import type { Scene } from "./scene.ts";

export type Measured = {
  operation: Operation;
  /** Whether a call that was really made was answered with 200. */
  isAnswered: boolean;
  parameters: ReadonlyMap<string, ParameterVerdict>;
  fields: ReadonlyMap<string, FieldVerdict>;
};

/** First all that only tries, then the calls that change something, each operation's own sets in their order. */
export async function measureAll(door: Door, scene: Scene): Promise<Measured[]> {
  const prepared = [];
  for (const operation of readPublished()) {
    const wishes = (await CALLS[operation.name]?.(scene)) ?? [];
    prepared.push({ operation, parameters: await tryParameters(door, operation, wishes) });
  }
  const measured: Measured[] = [];
  for (const { operation, parameters } of prepared) {
    const answers = [];
    for (const wish of (await CALLS[operation.name]?.(scene)) ?? [])
      answers.push(await ask(door, operation, wish));
    const bodies = answers.filter(({ status }) => status === 200).map(({ body }) => body);
    const fields = new Map(
      operation.answer.map(
        (field) => [field.path, bodies.length > 0 ? judgeField(field, bodies) : "absent"] as const,
      ),
    );
    measured.push({ operation, isAnswered: bodies.length > 0, parameters, fields });
  }
  return measured;
}
