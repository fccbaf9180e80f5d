// A Python client of a running server, made by openapi-generator: it compiles, and makes six calls. No part of the tests, since it
// needs Java, and Python with urllib3, six and dateutil:
//
//   npm pack @openapitools/openapi-generator-cli@1.0.18-5.0.0-beta2    (has bin/openapi-generator.jar, and fetches nothing)
//   node sdk/other-clients/try-python.ts <openapi-generator.jar> <address of the server> <API key>

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toOpenApi30 } from "./openapi-30.ts";

const [jar = "", url = "", key = ""] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "cadenza-python-"));
const run = (program: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 2 ** 20,
  });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr.slice(-2000)}`);
  return stdout;
};

const CALLS = `
import sys
import cadenza_api as made

configuration = made.Configuration(host=sys.argv[1] + "/api/v1", api_key={"apiKey": sys.argv[2]})
configuration.access_token = None  # this generator forgets to
configuration.client_side_validation = False  # and takes null for nothing where 3.0 has no word for it
client = made.ApiClient(configuration)
contacts = made.ContactsApi(client)
assert made.AuthApi(client).auth_health().healthy
created = contacts.contacts_create(body={"first_name": "Kari", "last_name": "Nordmann", "label_names": "Met in Oslo"}).contact
assert isinstance(created, made.Contact), type(created)
read = contacts.contacts_get(created.id).contact
assert isinstance(read, made.Contact) and read.name == "Kari Nordmann" and len(read.label_ids) == 1
found = contacts.contacts_search(body={"q_keywords": "Kari Nordmann"})
assert created.id in [one.id for one in found.contacts] and isinstance(found.contacts[0], made.FoundContact)
sequences = made.SequencesApi(client).sequences_search(body={"q_name": "Oslo"})
assert isinstance(sequences, made.SequencesSearchAnswer) and sequences.pagination.page == 1
try:
    contacts.contacts_get("64f0aa0000000000000000ff")
    raise SystemExit("a contact that is not there was found")
except made.ApiException as refused:
    assert refused.status == 422 and "contact_unknown" in refused.body, refused
contacts.contacts_delete(created.id)
print("Python: a client of", len(made.models.__dict__), "names compiles and makes its calls.")
`;

try {
  const served = (await (await fetch(`${url}/openapi.json`)).json()) as Record<string, unknown>;
  writeFileSync(join(folder, "openapi.json"), JSON.stringify(toOpenApi30(served)));
  const without = "modelDocs=false,apiDocs=false,modelTests=false,apiTests=false";
  const options = [
    "--skip-validate-spec",
    "--global-property",
    without,
    "--additional-properties",
    "packageName=cadenza_api",
  ];
  run("java", "-jar", jar, "generate", "-g", "python", "-i", "openapi.json", "-o", ".", ...options);
  run("python3", "-m", "compileall", "-q", "cadenza_api");
  writeFileSync(join(folder, "calls.py"), CALLS);
  console.log(run("python3", "calls.py", url, key).trim());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
