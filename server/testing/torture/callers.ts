// A process that answers callers is killed in the middle of it. What a client is told after it asked again exists,
// once, and nothing that was acknowledged is lost. The mails go out meanwhile.

import { contract, type Endpoint } from "@cadenza/contract";
import { PATIENCE_MS } from "../patience.ts";
import { spawnServer } from "../process.ts";
import { callEndpoint, type WireResponse } from "../wire.ts";
import { urlOf } from "../world.ts";
import type { Arena } from "./arena.ts";
import { fault, inRounds, pauseOf } from "./fault.ts";
import { holdsWithin } from "./ground.ts";
import { adding, goOnToTheSecond, type JoinRequest, promises } from "./joining.ts";
import type { TortureScene } from "./scene.ts";

const CLIENTS = 4;
const PEOPLE = 15;

type Request = { endpoint: Endpoint; input: Record<string, unknown>; key: string };

function post(arena: Arena, url: string, { endpoint, input, key }: Request) {
  return callEndpoint(url, endpoint, input, { key: arena.team.key }, { "idempotency-key": key });
}

/** Asks until there is an answer, as a client would: of the one who dies first, then of another. */
async function surely(arena: Arena, url: string, request: Request): Promise<WireResponse> {
  let answer = await post(arena, url, request).catch(() => null);
  // The database may take a moment to notice that the process holding the key is gone.
  for (; answer === null || answer.status === 409; answer = await post(arena, arena.world.url, request))
    await pauseOf(arena.chance, 20, 60);
  return answer;
}

const POINTS = [null, "request-before-commit", "request-after-commit", "progress-before-commit"] as const;

/** Creates contacts and adds them. What it was told exists, whichever process was killed in between. */
async function client(arena: Arena, url: string, scene: TortureScene, isAsync: boolean) {
  const name = `client${arena.chance.whole(1, 1e9)}`;
  const attributes = Array.from({ length: PEOPLE }, (_, n) => ({
    first_name: `${name}n${n}`,
    email: `${n}@${name}n${n}.example`, // no two of one company
  }));
  const creating = {
    endpoint: contract.contacts.bulkCreate,
    key: `${name} makes`,
    input: { contact_attributes: attributes },
    other: { contact_attributes: attributes.slice(1) },
  };
  const made = await surely(arena, url, creating);
  const contactIds = ((made.body.created_contacts ?? []) as { id: string }[]).map(({ id }) => id);
  const joining = {
    endpoint: contract.joining.addContacts,
    key: `${name} adds`,
    input: adding(scene, contactIds, isAsync ? { async: true } : {}),
    other: adding(scene, contactIds.slice(1)),
  };
  const added = await surely(arena, url, joining);
  const request = { requestId: String(added.body.request_id), contactIds };
  const emails = attributes.map(({ email }) => email);
  return {
    emails,
    request,
    told: [
      { asked: creating, answer: made },
      { asked: joining, answer: added },
    ] as const,
  };
}

type Told = Awaited<ReturnType<typeof client>>;

/** Each answer again under its key, to the letter; and none for another request under it. */
async function standsByIt(arena: Arena, { told, emails, request }: Told) {
  const wrong: string[] = [];
  const broken = (chk: string, what: string) => wrong.push(`${chk}: ${what}`);
  for (const { asked, answer } of told) {
    if (answer.status !== 200) wrong.push(`${answer.status}: ${answer.text.slice(0, 200)}`);
    const again = await post(arena, arena.world.url, asked);
    if (again.text !== answer.text) broken("I34", `${asked.key} is answered otherwise the second time`);
    const other = await post(arena, arena.world.url, { ...asked, input: asked.other });
    if (other.status !== 422) broken("I34", `${asked.key}: ${other.status} for another request under it`);
  }
  const made = await arena.count("from contacts where email = any($1::text[])", [emails]);
  if (made !== PEOPLE) broken("I33", `${made} people were made of ${PEOPLE}`);
  await holdsWithin(async () => (await joined(arena, request)) >= PEOPLE, PATIENCE_MS);
  const count = await joined(arena, request);
  if (count !== PEOPLE) broken("I33", `${count} of ${PEOPLE} are in the sequence`);
  return wrong;
}

function joined({ count }: Arena, { contactIds }: JoinRequest) {
  return count("from enrollments where contact_id = any($1::text[])", [contactIds]);
}

export const apiKills = fault({
  name: "kill -9 of the API in the middle of adding people",
  unit: "kills",
  short: 2,
  full: 300,
  portion: 20,
  config: { role: "api" }, // work that is put off is done by those who are killed
  async strike(arena, size) {
    const { crew, chance } = arena;
    await crew.hireMany(2);
    const told: Told[] = [];
    let cutOff = 0;
    const wrong = await inRounds(size, async (n) => {
      const point = POINTS[n % POINTS.length] ?? null;
      const victim = await newServer(arena, point);
      const scene = await arena.scene({ mailboxes: 1, contacts: 0, waits: [0, 60] });
      const isAsync = point === "progress-before-commit";
      const clients = Array.from({ length: CLIENTS }, () => client(arena, victim.url, scene, isAsync));
      const all = Promise.all(clients);
      if (point === null) await pauseOf(chance, 5, 500);
      const isDone = await Promise.race([victim.ended, point === null ? "now" : all.then(() => "done")]);
      if (point === null || isDone === "done") victim.process.kill("SIGKILL");
      await victim.ended;
      crew.kills += 1;
      if (isDone !== "done") cutOff++;
      const heir = isAsync ? await newServer(arena, null) : null;
      told.push(...(await all));
      const here = await Promise.all(told.slice(-CLIENTS).map((one) => standsByIt(arena, one)));
      heir?.process.kill("SIGKILL");
      await heir?.ended;
      return here.flat();
    });
    await goOnToTheSecond(arena);
    arena.lookedAt.answers = told.length * 2;
    if (cutOff < size / 2) wrong.push(`only ${cutOff} of ${size} kills struck somebody at work`);
    return [
      ...wrong,
      ...(await promises(
        arena,
        told.map(({ request }) => request),
      )),
    ];
  },
});

async function newServer({ world, chance }: Arena, point: string | null) {
  const server = await spawnServer({
    DATABASE_URL: urlOf(world.ownerConnection),
    CADENZA_DATA_DIR: world.running.app.config.dataDir,
    CADENZA_KEY_FILE: world.running.app.config.keyFile,
    CADENZA_DATABASE_CONNECTIONS: "5",
    CADENZA_ENGINE_LOOPS: "0",
    ...(point && {
      CADENZA_TEST_SEAMS: "1",
      CADENZA_CRASH: `${point}=kill:0.5:${chance.whole(1, 1_000_000)}`,
    }),
  });
  return server.ready();
}
