// What recipients do, and what people of the company decide about their answers.

import { contract } from "@cadenza/contract";
import type { Chance } from "../../sample/chance.ts";
import type { Acting } from "./acts.ts";
import type { Company } from "./company.ts";

const { does: ANY } = contract.sandbox.prospects.output.shape.prospects.element.shape;
/** All that the sandbox knows but one: who does nothing needs no line. */
const DOES = ANY.options.filter((does) => does !== "nothing");

async function script(company: Company, chance: Chance) {
  const back = (await company.now()).add({ hours: 24 * chance.whole(2, 14) }).toString();
  const prospects = Array.from({ length: chance.whole(3, 7) }, () => {
    const does = chance.pick(DOES);
    return {
      does,
      match: {
        share: chance.whole(3, 15),
        ...(chance.happens(0.4) && { step: chance.whole(1, 4) }),
      },
      after: chance.pick(["PT2M", "PT3H", "PT20H", "P3D"]),
      ...(does === "out_of_office" && chance.happens(0.7) && { until: back }),
    };
  });
  await company.api.sandbox.setProspects({ prospects });
}

/** What waits for a person is decided by one, as one thing or another. */
async function decide(company: Company, chance: Chance) {
  const { incoming_mails } = await company.api.incomingMails.list({ holds: true, per_page: 10 });
  const at = await company.now();
  for (const { id, from_email } of incoming_mails) {
    company.known.lifted.set((from_email ?? "").toLowerCase(), at);
    const kind = chance.pick(["reply", "out_of_office", "unsubscribe", "auto_reply"] as const);
    await company.api.incomingMails.settle({ id, kind });
  }
}

export const RECEIVING = {
  "change what recipients do": { share: 2, act: script },
  "decide about answers that hold": { share: 4, act: decide },
} satisfies Record<string, Acting>;
