// `cadenza parity --against`: whether programs written for another server, Apollo.io for example, find in this one's answers
// what they find in the other's. Both are asked the same; only what is there and of which kind is compared.

import type { Client } from "@cadenza/sdk";
import { newCommand } from "./building.ts";
import { COMPARED, type Compared } from "./compared-calls.ts";
import type { Common, Session } from "./connection.ts";
import { EXIT, Unusable } from "./exits.ts";
import type { Flow } from "./flows.ts";
import { differencesOf, shapeOf } from "./shapes.ts";
import { jsonOf, tableOf } from "./table.ts";

type Verdict = { call: string; verdict: "same" | "differs" | "not compared"; path: string; says: string };

export const parity: Flow = {
  name: "parity",
  add(program, session, finish, common) {
    program.addCommand(
      common(newCommand("parity"))
        .description(
          "Compare the answers of two servers by their fields, for example with Apollo.io. Only calls that read. The other server's key is CADENZA_AGAINST_KEY.",
        )
        .requiredOption("--against <address>", "Address of the other server, such as https://api.apollo.io")
        .action(async (options: Common & { against: string }) => {
          session.choose(options);
          finish(await compare(session, options));
        }),
    );
  },
};

async function compare(session: Session, { against, json }: Common & { against: string }) {
  const key = session.env.CADENZA_AGAINST_KEY;
  if (!key)
    throw new Unusable(
      "The key of the other server is missing.",
      "Set CADENZA_AGAINST_KEY. It is sent to no other server.",
    );
  const servers = [await session.api(), await session.apiAt(against, key)] as const;
  const verdicts: Verdict[] = [];
  for (const compared of COMPARED) verdicts.push(...(await compareCall(servers, compared)));
  const differs = verdicts.some(({ verdict }) => verdict === "differs");
  if (json) session.say(jsonOf({ same: !differs, verdicts }));
  else
    session.say(
      tableOf(verdicts, { columns: ["call", "verdict", "path", "says"], width: Number.POSITIVE_INFINITY }),
    );
  return differs ? EXIT.changes : EXIT.done;
}

type Servers = readonly [here: Client, there: Client];

async function compareCall(servers: Servers, { noun, verb, input, about = [], list }: Compared) {
  const answers = await bothAnswer(servers, noun, verb, [input ?? {}, input ?? {}]);
  const verdicts = judged(`${noun}.${verb}`, answers);
  const ids = answers.map((answer) => firstId(answer, list ?? ""));
  for (const { noun: one, verb: next, as } of about) {
    const [here, there] = ids;
    if (here && there) {
      const both = await bothAnswer(servers, one, next, [{ [as]: here }, { [as]: there }]);
      verdicts.push(...judged(`${one}.${next}`, both));
    } else verdicts.push(notCompared(`${one}.${next}`, "one of the servers has no such record"));
  }
  return verdicts;
}

type Answer = { body: unknown } | { refused: string };

async function bothAnswer(servers: Servers, noun: string, verb: string, inputs: readonly object[]) {
  const { Refused } = await import("@cadenza/sdk");
  return Promise.all(
    servers.map(async (server, n): Promise<Answer> => {
      const verbs = (
        server as unknown as Record<string, Record<string, (input: object) => Promise<unknown>>>
      )[noun];
      try {
        return { body: await verbs?.[verb]?.(inputs[n] ?? {}) };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return { refused: `${error.status}: ${error.message}` };
      }
    }),
  );
}

function judged(call: string, [here, there]: readonly Answer[]): Verdict[] {
  if (!here || !there) return [];
  if ("refused" in there) return [notCompared(call, `there ${there.refused}`)];
  if ("refused" in here) return [{ call, verdict: "differs", path: "", says: `here ${here.refused}` }];
  const { differences, unseen } = differencesOf(shapeOf([here.body]), shapeOf([there.body]));
  if (differences.length > 0) return differences.map((one) => ({ call, verdict: "differs", ...one }));
  const says = unseen === 0 ? "" : `${unseen} fields lie in what is empty here`;
  return [{ call, verdict: "same", path: "", says }];
}

function notCompared(call: string, says: string): Verdict {
  return { call, verdict: "not compared", path: "", says };
}

function firstId(answer: Answer, list: string) {
  if (!("body" in answer)) return null;
  const rows = (answer.body as Record<string, unknown> | null)?.[list];
  const first = Array.isArray(rows) ? (rows[0] as { id?: unknown } | undefined) : undefined;
  return typeof first?.id === "string" ? first.id : null;
}
