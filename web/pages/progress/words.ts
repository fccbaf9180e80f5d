import { figure } from "../../parts/figures.ts";

const WORDS: Record<string, string> = { skipped: "left out" };

/** "3,100 added, 114 left out" */
export function countWords(counts: Readonly<Record<string, number>>) {
  return Object.entries(counts)
    .filter(([outcome, count]) => count > 0 && outcome !== "waiting")
    .sort(([one], [other]) => Number(one === "skipped") - Number(other === "skipped"))
    .map(([outcome, count]) => `${figure(count)} ${WORDS[outcome] ?? outcome.replaceAll("_", " ")}`)
    .join(", ");
}
