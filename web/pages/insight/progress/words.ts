import { figure } from "../../../parts/figures.ts";

/** "3,100 added, 114 skipped" */
export function countWords(counts: Readonly<Record<string, number>>) {
  return Object.entries(counts)
    .filter(([outcome, count]) => count > 0 && outcome !== "waiting")
    .sort(([one], [other]) => Number(one === "skipped") - Number(other === "skipped"))
    .map(([outcome, count]) => `${figure(count)} ${outcome.replaceAll("_", " ")}`)
    .join(", ");
}
