// Files brought in by tests: one call, and its result.

import { type Input, waitForJob } from "@cadenza/sdk";
import { asOwner } from "./wire.ts";
import type { Team, World } from "./world.ts";

export type ImportInput = Omit<Input<"imports", "create">, "file" | "text">;

/** Waits until the import is over, however it ends. */
export async function bringIn(team: Team, source: string | Blob, options: ImportInput = {}) {
  const given = typeof source === "string" ? { text: source } : { file: source };
  const started = await team.api.imports.create({ ...options, ...given });
  return overOf(team, started.import.id, started.entity_progress_job.id);
}

export async function undo(team: Team, id: string) {
  const started = await team.api.imports.undo({ id });
  return overOf(team, id, started.entity_progress_job.id);
}

export async function overOf(team: Team, id: string, jobId: string) {
  const job = await waitForJob(team.api, jobId);
  const { import: found } = await team.api.imports.get({ id });
  const { rows } = await team.api.imports.rows({ id, per_page: 100 });
  return { job, found, rows };
}

/** An import that is over, where no engine is at work. */
export async function plantImport(world: Pick<World, "ownerConnection">, team: Team) {
  const { import: found } = await team.api.imports.create({ text: csvOf(1) });
  await asOwner(world, (client) =>
    client.query("update progress set status = 'done', finished_at = now() where id = $1", [found.id]),
  );
  return found.id;
}

/** So many people of companies of their own. */
export function csvOf(count: number, from = 0) {
  const lines = Array.from({ length: count }, (_, at) => {
    const n = from + at;
    return `Person,Number ${n},p${n}@company${n}.example,Buyer`;
  });
  return `First Name,Last Name,Email,Title\n${lines.join("\n")}\n`;
}
