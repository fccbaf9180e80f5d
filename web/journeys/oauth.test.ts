// Applications that insist on OAuth: Apollo's command line as it signs in, and an agent by the protocol's official client.
// Each registers itself, sends a person to the browser, and goes on with what comes back.

import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { auth, type OAuthClientProvider, UnauthorizedError } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { OAuthClientInformationMixed, OAuthTokens } from "@modelcontextprotocol/sdk/shared/auth.js";
import type { Page } from "playwright-core";
import { freePort } from "../../server/testing/doors.ts";
import { granting, newProof, type TokenResponse } from "../../server/testing/granting.ts";
import { call } from "../../server/testing/wire.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { assertAccessible, assertFitsSideways, picture, signIn, useBrowser } from "./browser.ts";

// The address we are reached by has to be known before we start.
const port = await freePort();

describe("applications that insist on OAuth", () => {
  let team: Team;
  let listener: Server;
  let redirect = "";
  let heard: (answer: URLSearchParams) => void;
  const world = useWorld({ role: "api", port, publicUrl: `http://localhost:${port}` }, async (opened) => {
    team = await opened.newTeam();
  });
  const browser = useBrowser();

  before(async () => {
    // What a program opens on its own computer to hear the answer.
    listener = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? "", redirect);
      if (pathname === "/callback") heard(searchParams);
      response
        .setHeader("content-type", "text/html")
        .end("<title>Done</title><p>Go back to the program.</p>");
    });
    await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
    redirect = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/callback`;
  });
  after(() => listener.close());

  const answered = () =>
    new Promise<URLSearchParams>((resolve) => {
      heard = resolve;
    });

  const signInHere = async (page: Page) => {
    await page.getByLabel("Email").fill(team.owner.email);
    await page.getByRole("textbox", { name: "Password" }).fill(team.owner.password);
    await page.keyboard.press("Enter");
  };

  async function visit(options: Parameters<typeof browser.visit>[1] = {}) {
    const visitor = await browser.visit(world.url, options);
    visitor.expectHost(new URL(redirect).origin);
    return visitor;
  }

  test("Apollo's command line registers, is let in by the browser, calls, renews, and is cut off when a token is replayed", async () => {
    const app = granting(world, team);
    const registered = await app.register({
      client_name: "Apollo CLI",
      redirect_uris: ["http://127.0.0.1/callback"],
      scope: "read_user_profile contacts_search contact_write tasks_create",
    });
    const client_id = String(registered.body.client_id);
    const proof = newProof();
    const query = new URLSearchParams({
      client_id,
      redirect_uri: redirect,
      response_type: "code",
      scope: "read_user_profile contacts_search tasks_create",
      state: '{"from":"cli"}',
      code_challenge: proof.challenge,
      code_challenge_method: "S256",
    });

    const { page, leave } = await visit();
    await page.goto(`/#/oauth/authorize?${query}`);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await signInHere(page);
    await page.getByRole("heading", { name: "Allow Apollo CLI to act for you?" }).waitFor();
    await page.getByText("add, change, complete and skip tasks").waitFor();
    await page.getByText("a program on this computer").waitFor();
    await page.getByText(team.owner.email).waitFor();
    assert.equal(await page.getByText("add contacts").count(), 0, "registered for it, and not asked for");

    const first = answered();
    await page.getByRole("button", { name: "Deny" }).click();
    const denied = await first;
    assert.deepEqual([denied.get("error"), denied.get("code")], ["access_denied", null]);
    assert.equal(denied.get("state"), '{"from":"cli"}');

    await page.getByText("Go back to the program.").waitFor();
    await page.goto(`/oauth/authorize?${query}`);
    const allow = page.getByRole("button", { name: "Allow" });
    await allow.waitFor();
    const second = answered();
    while (!(await allow.evaluate((button) => button === document.activeElement)))
      await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const allowed = await second;
    assert.deepEqual([allowed.get("state"), allowed.get("iss")], ['{"from":"cli"}', world.url]);
    await page.getByText("Go back to the program.").waitFor();
    await leave();

    const exchanged = await app.exchange(client_id, allowed.get("code") ?? "", proof, {
      redirect_uri: redirect,
    });
    assert.equal(exchanged.status, 200, exchanged.text);
    const { access_token, refresh_token } = exchanged.body as TokenResponse;
    assert.equal((await app.tryToken(access_token)).body.email, team.owner.email);
    assert.equal((await app.tryToken(access_token, "/contacts", { method: "POST" })).status, 403);
    const renewed = (await app.refresh(client_id, refresh_token)).body as TokenResponse;
    assert.equal((await app.tryToken(renewed.access_token, "/contacts/search")).status, 200);

    const replayed = await app.refresh(client_id, refresh_token);
    assert.deepEqual([replayed.status, replayed.body.error], [400, "invalid_grant"]);
    assert.equal((await app.tryToken(renewed.access_token)).body.error_code, "INVALID_ACCESS_TOKEN");
    assert.equal((await app.refresh(client_id, renewed.refresh_token)).status, 400);
  });

  test("an agent finds its way from /mcp, is let in, works, renews by itself, and is disconnected", async () => {
    const { provider, sentTo } = agentProvider(redirect);
    const connect = async () => {
      const agent = new Client({ name: "an agent", version: "1.0.0" });
      const transport = new StreamableHTTPClientTransport(new URL(`${world.url}/mcp`), {
        authProvider: provider,
      });
      const finish = (code: string) => transport.finishAuth(code);
      return { agent, finish, done: agent.connect(transport as Parameters<Client["connect"]>[0]) };
    };
    const knocking = await connect();
    await assert.rejects(knocking.done, UnauthorizedError);

    const { page, leave } = await visit();
    await signIn(page, team.owner);
    await page.goto(String(sentTo()));
    await page.getByRole("heading", { name: "Allow An agent to act for you?" }).waitFor();
    await page.getByText("do everything you can do here").waitFor();
    const answer = answered();
    await page.getByRole("button", { name: "Allow" }).click();
    await knocking.finish((await answer).get("code") ?? "");

    const { agent, done } = await connect();
    await done;
    const me = await agent.callTool({ name: "who_am_i", arguments: {} });
    const [said] = me.content as { text: string }[];
    assert.equal(JSON.parse(said?.text ?? "{}").team_name, "Norrland Kraft");
    assert.ok((await agent.listTools()).tools.some(({ name }) => name === "add_contacts_to_sequence"));

    const before = (await provider.tokens())?.access_token;
    world.advance({ hours: 31 * 24 });
    assert.equal((await agent.callTool({ name: "who_am_i", arguments: {} })).isError ?? false, false);
    assert.notEqual((await provider.tokens())?.access_token, before, "it has renewed its token");
    world.advance({ hours: -31 * 24 });

    await page.goto("/settings/apps");
    await page
      .getByRole("table", { name: "Connected apps" })
      .getByRole("button", { name: "An agent" })
      .click();
    await page.getByRole("dialog").getByText("Registered itself").waitFor();
    await page.getByRole("button", { name: "Disconnect …" }).click();
    await page.getByRole("button", { name: "Disconnect", exact: true }).click();
    await page.getByText("An agent disconnected.").waitFor();
    await assert.rejects(agent.callTool({ name: "who_am_i", arguments: {} }));
    assert.equal(
      await auth(provider, { serverUrl: `${world.url}/mcp` }),
      "REDIRECT",
      "it has to ask once more",
    );
    await agent.close();
    await leave();
  });

  test("the question looks the same to everybody, and what cannot be granted leads nowhere by itself", async () => {
    const app = granting(world, team);
    const { client_id } = await app.client({
      client_name: "Reports",
      redirect_uris: ["https://reports.example/back"],
    });
    const good = { ...app.asks(client_id, newProof(), { redirect_uri: "https://reports.example/back" }) };
    const address = (change: Record<string, string> = {}) =>
      `/oauth/authorize?${new URLSearchParams({ ...good, ...change } as Record<string, string>)}`;
    for (const options of [
      { colorScheme: "light" },
      { colorScheme: "dark" },
      { colorScheme: "light", viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    ] as const) {
      const { page, expectRefusals, leave } = await visit(options);
      const look = "viewport" in options ? "phone" : options.colorScheme;
      await signIn(page, team.owner);
      await page.goto(address());
      await page.getByText("reports.example").waitFor();
      await picture(page, `${look}-authorize`);
      await assertFitsSideways(page, `the question in ${look}`);
      await assertAccessible(page, `the question in ${look}`);

      await page.goto(address({ code_challenge_method: "plain" }));
      await page.getByText("code_challenge_method must be S256").waitFor();
      await page.getByRole("button", { name: "Go back to reports.example" }).waitFor();
      await assertAccessible(page, `a request that cannot be granted, in ${look}`);
      assert.equal(new URL(page.url()).origin, world.url);

      expectRefusals(404, 422);
      await page.goto(address({ redirect_uri: "https://evil.example/back" }));
      await page.getByText("not one that the application has registered").waitFor();
      assert.equal(await page.getByRole("button").count(), 0, "there is nothing to press");
      await page.goto(address({ client_id: "64f0aa0000000000000000ff" }));
      await page.getByText("No application with this client_id is registered here.").waitFor();
      await page.goto("/oauth/authorize?client_id=a&client_id=b&redirect_uri=x");
      await page.getByRole("heading", { name: "Incomplete request" }).waitFor();
      await picture(page, `${look}-authorize-broken`);
      await leave();
    }
  });

  test("no other page can frame the question", async () => {
    const answer = await call(`${world.url}/oauth/authorize?client_id=x`, {
      headers: { accept: "text/html" },
    });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get("content-security-policy") ?? "", /frame-ancestors 'none'/);
    assert.equal(answer.headers.get("x-frame-options"), "DENY");
    assert.equal(answer.headers.get("referrer-policy"), "no-referrer");
    assert.equal(answer.headers.get("cache-control"), "no-store");
  });

  test("an admin adds an application, sees its secret once, and ends it", async () => {
    const { page, leave } = await visit();
    await signIn(page, team.owner);
    await page.goto("/settings/apps?do=create");
    const form = page.getByRole("dialog");
    await form.getByLabel("Name").fill("Our CRM");
    await form.getByLabel("Redirect URLs, one per line").fill("https://crm.example/oauth/back");
    await form.getByRole("combobox", { name: "Selected permissions" }).click();
    await page.getByRole("option", { name: "search contacts" }).click();
    await page.keyboard.press("Escape");
    await picture(page, "light-application-form");
    await assertAccessible(page, "the form for an application");
    await form.getByRole("button", { name: "Add application" }).click();
    await page.getByText(/^cdz_cs_/).waitFor();
    await page.getByRole("checkbox", { name: "I have saved the secret" }).check();
    await page.getByRole("button", { name: "Done" }).click();
    const row = page.getByRole("row", { name: /Our CRM/ });
    await row.getByRole("button").click();
    await page.getByRole("dialog").getByText("https://crm.example/oauth/back").waitFor();
    await picture(page, "light-application");
    await assertAccessible(page, "an application");
    await page.getByRole("button", { name: "Remove for the team …" }).click();
    await page.getByRole("button", { name: "Remove for the team" }).click();
    await page.getByText("Our CRM removed for the whole team.").waitFor();
    await page.getByRole("row", { name: /Our CRM.*Removed/ }).waitFor();
    await leave();
  });
});

/** What an agent keeps: all of it in memory, and the address it would open in a browser. */
function agentProvider(redirect: string) {
  let client: OAuthClientInformationMixed | undefined;
  let tokens: OAuthTokens | undefined;
  let verifier = "";
  let address: URL | undefined;
  const provider: OAuthClientProvider = {
    redirectUrl: redirect,
    clientMetadata: {
      client_name: "An agent",
      redirect_uris: [redirect],
      token_endpoint_auth_method: "none",
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
    },
    clientInformation: () => client,
    saveClientInformation: (saved) => {
      client = saved;
    },
    tokens: () => tokens,
    saveTokens: (saved) => {
      tokens = saved;
    },
    redirectToAuthorization: (url) => {
      address = url;
    },
    saveCodeVerifier: (saved) => {
      verifier = saved;
    },
    codeVerifier: () => verifier,
    invalidateCredentials: (which) => {
      if (which === "all" || which === "tokens") tokens = undefined;
    },
  };
  return { provider, sentTo: () => address };
}
