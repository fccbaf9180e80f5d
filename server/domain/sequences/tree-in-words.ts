// Steps as a test writes them: "a ?( b c : d ) e" is a step, a branch with b and c on its yes path and d on its no path, and
// what follows both.

import type { BranchPath, PathStep } from "./step-paths.ts";

type Written = PathStep & { position: number; isOn: boolean; exactAt: null; type: "call" | "branch" };

export function tree(words: string, off = ""): Written[] {
  const steps: Written[] = [];
  const around: { id: string; path: BranchPath }[] = [];
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const at = around.at(-1);
    if (word === ":" && at) at.path = "no";
    else if (word === ")") around.pop();
    else {
      const id = word.replace("(", "");
      const type = word.endsWith("(") ? "branch" : "call";
      const place = { position: steps.length + 1, parentId: at?.id ?? null, path: at?.path ?? null };
      steps.push({ ...place, id, type, isOn: !off.includes(id), exactAt: null });
      if (type === "branch") around.push({ id, path: "yes" });
    }
  }
  return steps;
}
