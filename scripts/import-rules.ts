// "Who may import whom" of the architecture page, as data. check-imports.ts is the loop over it.
//
// A rule looks at the files its `in` matches and says what they may import (`only`, everything else is refused)
// or may not (`never`). Where `types` matches, an `import type` is allowed in any case: naming a shape ties
// nothing at run time. Paths are from the root of the repository; packages go by their names.

export type ImportRule = {
  in: RegExp;
  only?: RegExp;
  never?: RegExp;
  types?: RegExp;
  tests?: boolean; // tests stand outside the rooms they test, unless a rule says that it holds for them too
  why: string;
};

const PACKAGE = "[^./]*$|@[^/]+/|node:|[\\w-]+/(?!.*\\.tsx?$)";
const oneOf = (...places: string[]) => new RegExp(`^(?:${places.join("|")})`);
const allBut = (...rooms: string[]) =>
  new RegExp(`^(?:${ROOMS.filter((room) => !rooms.includes(room)).join("|")})/`);

export const ROOMS = ["contract", "sdk", "server", "web", "cli", "mcp", "sandbox", "n8n", "bench", "scripts"];

const DOMAIN = "server/domain/";
// Lists of facts and pure functions over them; node:module and node:zlib only to read a large one when it is first asked.
// And one language, that of templates: text in, text out.
const KNOWLEDGE =
  "(?:tldts|free-email-domains|city-timezones|libphonenumber-js|liquidjs|node:(?:module|zlib))$";
// What a statement has to have written out: names of states and counts, and where a day or a period begins.
const LISTS =
  "server/domain/(?:basics/limits|enrollments/enrollment|gate/gate-times|insight/report-metrics|insight/summed-days|receiving/inbound-outcome|work/task)\\.ts$";
const HOUSE = "server/(?:kernel/|runtime/)?(?!main\\.ts$|seed\\.ts$)[\\w-]+\\.ts$"; // what every room of the server may know
const NOUN = "server/features/[^/]+/[^/]+/"; // an area and a folder in it
const INNER = "(?!routes|present|[\\w-]+-(?:routes|present)\\.ts$)"; // what knows no wire

export const IMPORT_RULES: ImportRule[] = [
  {
    in: /./,
    never: /^server\/main\.ts$/,
    tests: true,
    why: "nobody imports server/main.ts: it wires everyone, so importing it starts the product",
  },
  {
    in: /^contract\//,
    never: allBut("contract"),
    why: "contract imports nobody: it is what is said, not who says it",
  },
  {
    in: /^sdk\//,
    never: allBut("sdk", "contract"),
    why: "sdk imports only contract; it is installed without the server",
  },
  {
    in: /^(cli|mcp)\//,
    never: allBut("cli", "mcp", "sdk", "contract"),
    why: "cli and mcp import sdk and contract only",
  },
  {
    in: /^sandbox\//,
    never: allBut("sandbox"),
    why: "sandbox imports nobody: it is installed beside the server, and speaks the API",
  },
  {
    in: /^web\//,
    never: allBut("web", "sdk", "contract"),
    why: "web imports sdk and contract only: it has the API, as everybody has",
  },
  {
    in: /^n8n\/(?:nodes|credentials)\//,
    never: allBut("n8n"),
    why: "what n8n runs imports nothing of ours; it is generated from the contract",
  },
  {
    in: /^server\/(?!http\/mcp-speaking\.ts$|engine\/moving\/)/,
    never: allBut("server", "contract"),
    why: "server imports contract only; the other rooms talk to it over HTTP",
  },
  {
    in: /^server\/http\/mcp-speaking\.ts$/,
    never: allBut("server", "contract", "sdk", "mcp"),
    why: "the agents' door hangs mcp's tools into the server, over the sdk",
  },
  {
    in: /^server\/engine\/moving\/(?!.*\.test\.ts$)/,
    never: allBut("server", "sdk"),
    why: "a team is moved by the sdk's own calls, as from the command line: it reads another server and writes our API",
  },
  {
    in: /^server\/(?!config\.ts$|seams\.ts$)/,
    never: /^(?:node:)?process$/,
    why: "server/config.ts is the only reader of the environment, and the global process does for the rest",
  },
  {
    in: /^server\/domain\/(?!.*\.test\.ts$)/,
    only: oneOf(DOMAIN, KNOWLEDGE, "server/kernel/(?:budgets|say|code-words)\\.ts$"),
    why: "domain imports only domain, and packages that are knowledge written down: rules take facts and touch nothing",
  },
  {
    in: /^server\/domain\/.*\.test\.ts$/,
    only: oneOf(DOMAIN, "node:"),
    tests: true,
    why: "tests of rules need no setup: domain and the test runner only",
  },
  {
    in: /^server\/(http|db|mail|outgoing|network-policy|object-storage)\//,
    never: /^server\/(features|engine)\//,
    why: "a door never imports a feature or the engine; main.ts hands it what it needs from inside",
  },
  {
    in: /^server\/(db|mail)\//,
    never: /^server\/(?:domain|http)\/|^contract\//,
    types: /^server\/domain\//,
    why: "db and mail may name domain's types; they know neither its functions nor the wire",
  },
  {
    in: /^server\/catcher\//,
    only: oneOf(PACKAGE, "server/catcher/", "server/mail/", HOUSE),
    types: oneOf(DOMAIN),
    why: "the catcher is the world outside, played: start.ts hands it where its mails are kept",
  },
  {
    in: /^server\/outgoing\//,
    only: oneOf(PACKAGE, "server/outgoing/", "server/network-policy/"),
    why: "the door to other people's servers knows addresses and nothing of ours",
  },
  {
    in: /^server\/object-storage\//,
    only: oneOf(PACKAGE, "server/object-storage/", HOUSE),
    types: oneOf("server/outgoing/"),
    why: "a bucket is handed the door by which it calls, and knows nothing of backups",
  },
  {
    in: /^server\/(?!outgoing\/|testing\/)/,
    never: /^(?:undici|node:https|node:http2)$/,
    why: "calls to other people's servers go out by server/outgoing alone, where every answer has a ceiling of bytes and time",
  },
  {
    in: /^server\/network-policy\//,
    only: oneOf(PACKAGE, "ipaddr\\.js$", "server/network-policy/"),
    why: "what may be connected to is judged by addresses alone, for whichever door",
  },
  {
    in: /^server\/http\//,
    never: /^server\/(?:domain|mail)\//,
    types: /^server\/(?:domain|mail)\//,
    why: "http may name domain's types; its functions are called from commands and the engine",
  },
  {
    in: /^server\/features\/[^/]+\/[^/]+\/(?:[\w-]+-)?routes\.ts$/,
    only: oneOf(PACKAGE, "contract/", `${NOUN}(?!routes)[\\w-]+\\.ts$`, "server/http/route\\.ts$", HOUSE),
    types: oneOf(DOMAIN, "server/db/"),
    why: "a route knows contract, commands, stores, presenters and http/route.ts; it only translates",
  },
  {
    in: /^server\/features\/[^/]+\/[^/]+\/(?:[\w-]+-)?commands\.ts$/,
    only: oneOf(PACKAGE, DOMAIN, `${NOUN}${INNER}[\\w-]+\\.ts$`, "server/db/", HOUSE),
    types: oneOf("server/mail/", "server/outgoing/", "contract/languages\\.ts$"),
    why: "a command knows stores and domain: not the wire, not a door, not the engine",
  },
  {
    in: /^server\/features\/[^/]+\/[^/]+\/(?:[\w-]+-)?store\.ts$/,
    // A score is a formula compiled to SQL: the one rule that a store has to have as a statement. Who sees what is the other.
    only: oneOf(
      PACKAGE,
      `${NOUN}(?:[\\w-]+-)?store\\.ts$`,
      LISTS,
      "server/features/contacts/scoring/(?:expression|formula)\\.ts$",
      "server/db/",
      HOUSE,
    ),
    types: oneOf(DOMAIN, `${NOUN}${INNER}[\\w-]+\\.ts$`, "contract/languages\\.ts$"),
    why: "a store knows db, other stores and domain's types: SQL states facts, the domain judges them",
  },
  {
    in: /^server\/features\/[^/]+\/[^/]+\/(?:[\w-]+-)?present\.ts$/,
    only: oneOf(PACKAGE, "contract/", DOMAIN, `${NOUN}(?:[\\w-]+-)?present\\.ts$`, HOUSE),
    types: oneOf(`${NOUN}(?:[\\w-]+-)?store\\.ts$`),
    why: "a presenter turns a row into the wire's shape: contract, rules, other presenters and types only",
  },
  {
    in: /^server\/engine\/(?!upkeep\/send-webhooks\.ts$)/,
    never:
      /^server\/(?:http\/|features\/(?:index|[^/]+\/[^/]+\/(?:[\w-]+-)?(?:routes|present))\.ts$)|^contract\//,
    why: "the engine knows commands, stores and domain; no caller is there to present anything to",
  },
  {
    in: /^server\/engine\/upkeep\/send-webhooks\.ts$/,
    never: /^server\/(?:http\/|features\/(?:index|[^/]+\/[^/]+\/routes)\.ts$)|^contract\//,
    why: "a webhook is read by somebody, so it alone of the engine borrows presenters; it knows no wire and no route",
  },
  {
    in: /^server\/(?:features\/(?:gate\/|enrollments\/advancing\/|sending\/(?:outbox|planning)\/)|engine\/(?:planning|sending)\/)/,
    never: /^server\/(?:domain|features)\/insight\//,
    why: "what a mail is judged by comes from gate: the explanation reads the same facts, and the sender never asks the explanation",
  },
  {
    in: /^server\/(?!features\/imports\/imports\/(?:reading|reading-thread)\.ts$)/,
    never: /^server\/features\/imports\/imports\/(?:reading|json-lines|reading-thread)\.ts$/,
    types: /^server\/features\/imports\/imports\/(?:reading|json-lines|reading-thread)\.ts$/,
    why: "files of strangers are read in a thread of their own: ask ourFileReaders (features/imports/imports/run-in-worker.ts)",
  },
  {
    in: /^server\/(?!features\/editing\/sequence-files\/(?:files-input|reading-thread|typed-yaml)\.ts$|testing\/)/,
    never: /^server\/features\/editing\/sequence-files\/(?:files-input|typed-yaml|reading-thread)\.ts$/,
    types: /^server\/features\/editing\/sequence-files\/(?:files-input|typed-yaml|reading-thread)\.ts$/,
    why: "files of sequences are read in a thread of their own: ask readSequenceFiles (features/editing/sequence-files/run-in-worker.ts)",
  },
  {
    in: /^server\/(?!features\/index\.ts$|main\.ts$|seams\.ts$|testing\/)/,
    never: /^server\/features\/[^/]+\/[^/]+\/(?:[\w-]+-)?routes\.ts$/,
    why: "routes are imported by features/index.ts only, never by another feature",
  },
];
