// Callers that add contacts to sequences at once. Others add the same ones, remove them, or pause the sequence at
// that instant. Each contact is enrolled once, and every answer is true.

import { contract } from "@cadenza/contract";
import { LOOPBACK } from "../loopback.ts";
import { callEndpoint } from "../wire.ts";
import type { Arena } from "./arena.ts";
import { fault, inRounds, pauseOf, type TortureFault } from "./fault.ts";
import { adding, firstIsSent, type JoinRequest, promises } from "./joining.ts";
import { listenTo } from "./listener.ts";
import { newPeople, type TortureScene } from "./scene.ts";

const IN_ALREADY = "contacts_already_exists_in_current_campaign";

type Racer = (
  arena: Arena,
  scene: TortureScene,
  people: readonly string[],
  n: number,
) => Promise<JoinRequest[] | string>;

/** All at once; whatever is not answered as it should be is told. */
async function addAtOnce(arena: Arena, scene: TortureScene, lists: readonly (readonly string[])[]) {
  const { team, world, chance } = arena;
  const endpoint = contract.joining.addContacts;
  return Promise.all(
    lists.map(async (contactIds) => {
      if (lists.length < 50) await pauseOf(chance, 0, 25);
      const ask = () => callEndpoint(world.url, endpoint, adding(scene, contactIds), { key: team.key });
      let answer = await ask();
      for (; answer.status === 429; answer = await ask()) await pauseOf(chance, 50, 200); // busy, and says so
      if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text.slice(0, 200)}`);
      const { request_id, enrollments, skipped_contact_ids: skipped } = answer.body;
      return {
        requestId: String(request_id),
        contactIds,
        skipped: (skipped ?? {}) as Record<string, string>,
        added: (enrollments as { contact_id: string }[]).map(({ contact_id }) => contact_id),
      };
    }),
  );
}

/** Overlapping, and a fifth of them the same: everybody is added by one, and all the others say that they are in already. */
const overlapping: Racer = async (arena, scene, people) => {
  const { chance } = arena;
  const lists = Array.from({ length: 50 }, (_, n) =>
    n % 5 === 0 ? people : chance.shuffled(people).slice(0, chance.whole(1, people.length)),
  );
  const answers = await addAtOnce(arena, scene, lists);
  const added = answers.flatMap((one) => one.added).sort();
  if (added.join() !== [...people].sort().join()) return `${added.length} were added of ${people.length}`;
  const dishonest = answers.flatMap(({ contactIds, added: own, skipped }) =>
    contactIds.filter((id) => !own.includes(id) && skipped[id] !== IN_ALREADY),
  );
  return dishonest.length > 0 ? `${dishonest.length} were passed over for another reason` : answers;
};

const removed: Racer = async (arena, scene, people) => {
  const { enrollments } = arena.team.api;
  const removes = Array.from({ length: 3 }, async () => {
    await pauseOf(arena.chance, 0, 40);
    const wish = { emailer_campaign_ids: [scene.sequenceId], contact_ids: [...people] };
    await enrollments.removeOrStop({ ...wish, mode: "remove" });
  });
  const answers = await addAtOnce(arena, scene, [people, people, people, people]);
  await Promise.all(removes);
  await arena.team.api.sequences.abort({ id: scene.sequenceId }); // those who are in would get a mail again
  return answers;
};

const switchedOff: Racer = async (arena, scene, people, n) => {
  const { sequences } = arena.team.api;
  const turn = async () => {
    await pauseOf(arena.chance, 0, 20);
    await sequences.abort({ id: scene.sequenceId });
    await pauseOf(arena.chance, 0, 10);
    await sequences.approve({ id: scene.sequenceId });
  };
  const [answers] = await Promise.all([
    addAtOnce(
      arena,
      scene,
      people.map((id) => [id]),
    ),
    turn(),
  ]);
  const added = answers.flatMap((one) => one.added).length;
  return added === people.length ? answers : `${added} of ${people.length} were added in round ${n}`;
};

const RACES: [name: string, race: Racer, isSentMeanwhile: boolean][] = [
  ["50 parallel adds of overlapping people", overlapping, true],
  ["adds against removes", removed, false],
  ["adds against switching the sequence off", switchedOff, true],
];

function racing([name, race, isSentMeanwhile]: (typeof RACES)[number]): TortureFault {
  return fault({
    name,
    unit: "rounds",
    short: 1,
    full: 200,
    portion: 40,
    config: { webhookAllow: LOOPBACK },
    async strike(arena, size) {
      const calm = await listenTo(arena);
      if (isSentMeanwhile) await arena.crew.hireMany(1);
      const asked: JoinRequest[] = [];
      const wrong = await inRounds(size, async (n) => {
        const scene = await arena.scene({ mailboxes: 1, contacts: 0, waits: [isSentMeanwhile ? 0 : 60, 60] });
        const people = await newPeople(arena.team, 12);
        const answers = await race(arena, scene, people, n);
        if (typeof answers === "string") return [answers];
        asked.push(...answers);
        return [];
      });
      if (isSentMeanwhile) await firstIsSent(arena);
      await calm();
      arena.advance({ minutes: isSentMeanwhile ? 61 : 10 }); // webhooks that met a no are tried again
      return [...wrong, ...(await promises(arena, asked))];
    },
  });
}

export const ADDING: readonly TortureFault[] = RACES.map(racing);
