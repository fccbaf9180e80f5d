// A look back in the wire's words: those taken, and those left out by what leaves them out.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import {
  LOOK_BACK_DAYS as DAYS,
  type LookBack,
  type PastLine,
} from "../../../domain/automation/past-lines.ts";
import { candidateSays } from "../../../domain/automation/workflow-words.ts";
import { storedOrNull } from "../../../kernel/moments.ts";
import { say } from "../../../kernel/say.ts";

type Names = ReadonlyMap<string, string | null>;
type Presented = z.input<typeof contract.workflowTrials.lookBack.output>["look_back"];

const MOST_SHOWN = 50;
const SAMPLE = 10;

export function presentLookBack(looked: LookBack, groups: readonly LeftOutGroup[], names: Names): Presented {
  const { kind, since, completeFrom, numTriggers, replayed } = looked;
  const { taken } = replayed;
  const numRecords = new Set(taken.map(({ entityId }) => entityId)).size;
  return {
    kind,
    since: storedOrNull(since),
    complete_from: storedOrNull(completeFrom),
    sentence: sentenceOf(kind, { numTriggers, numTaken: taken.length, numRecords }),
    num_triggers: numTriggers,
    num_taken: taken.length,
    num_records: numRecords,
    taken: newest(taken, MOST_SHOWN).map((line) => presentLine(line, names)),
    left_out: groups.map(({ code, filter, records, alone }) => ({
      code,
      filter,
      sentence:
        filter === null
          ? `${candidateSays(code) ?? code}.`
          : say("The filter {filter} does not match.", { filter }),
      count: records.length,
      count_alone: alone,
      sample: records.slice(0, SAMPLE).map((line) => presentLine(line, names)),
    })),
  };
}

function presentLine({ entityId, at, event }: PastLine, names: Names) {
  return { entity_id: entityId, name: names.get(entityId) ?? null, at: storedOrNull(at), event };
}

function newest(lines: readonly PastLine[], most: number) {
  return lines.slice(-most).reverse();
}

/** Those whose names are shown. */
export function shownOf({ replayed }: LookBack, groups: readonly LeftOutGroup[]) {
  const lines = [
    ...newest(replayed.taken, MOST_SHOWN),
    ...groups.flatMap(({ records }) => records.slice(0, SAMPLE)),
  ];
  return [...new Set(lines.map(({ entityId }) => entityId))];
}

type LeftOutGroup = { code: string; filter: string | null; records: PastLine[]; alone: number };

/** By each filter that does not match, or by another reason; each record once, with its newest line, the largest group first. */
export function groupsOf(leftOut: readonly PastLine[]): LeftOutGroup[] {
  const told = leftOut.toReversed().flatMap((line) => {
    const unmet = line.filters.filter(([, holds]) => !holds).map(([filter]) => filter);
    const by = line.code === "filter_not_met" ? unmet : [null];
    return by.map((filter) => ({ line, filter, isAlone: unmet.length === 1 }));
  });
  const groups = [...Map.groupBy(told, ({ line, filter }) => `${line.code} ${filter ?? ""}`).values()];
  return groups
    .map((own): LeftOutGroup => {
      const [{ line, filter }] = own as [(typeof own)[0]];
      const each = new Map(own.toReversed().map((one) => [one.line.entityId, one]));
      const alone = [...each.values()].filter(({ isAlone }) => isAlone).length;
      const records = [...each.values()].map((one) => one.line).reverse();
      return { code: line.code ?? "", filter, records, alone: filter === null ? records.length : alone };
    })
    .sort((a, b) => b.records.length - a.records.length);
}

type Counts = { numTriggers: number; numTaken: number; numRecords: number };

function sentenceOf(kind: LookBack["kind"], { numTriggers, numTaken, numRecords }: Counts) {
  if (kind === "unknown") return say("Which records a webhook will name is not known before it is called.");
  if (kind === "today")
    return say("A run now would process {numRecords}.", { numRecords: recordsOf(numRecords) });
  if (numTriggers === 0) return say("The trigger did not happen in the last {DAYS} days.", { DAYS });
  const times = numTaken === numRecords ? "" : say(", {numTaken} times in all", { numTaken });
  return say(
    "In the last {DAYS} days it would have processed {numRecords}{times}. Filters were checked on records as they are now.",
    { DAYS, numRecords: recordsOf(numRecords), times },
  );
}

function recordsOf(count: number) {
  return say("{count, plural, one {# record} other {# records}}", { count });
}
