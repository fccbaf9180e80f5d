#!/usr/bin/env node
// The tools over standard input and output, for an agent on this machine. Speaks to the server by CADENZA_URL with the key
// in CADENZA_API_KEY; what it has to say to people goes to standard error.

import { createClient } from "@cadenza/sdk";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { openMcpServer } from "./server.ts";
import { version } from "./version.ts";

const { CADENZA_URL = "http://localhost:3000", CADENZA_API_KEY: apiKey } = process.env;

if (!apiKey) end("Set CADENZA_API_KEY to a key of your team. Admins create keys under Settings, API keys.");
const api = createClient({ baseUrl: CADENZA_URL, apiKey });
try {
  const { caller } = await api.apiKeys.current();
  await openMcpServer(api, new Set(caller.calls), version).connect(new StdioServerTransport());
  console.error(`cadenza-mcp: ${caller.name} at ${caller.team_name}, ${CADENZA_URL}`);
} catch (error) {
  const { message, todo } = error as { message: string; todo?: string };
  end(`${message} ${todo ?? ""}`.trim());
}

function end(sentence: string): never {
  console.error(`cadenza-mcp: ${sentence}`);
  process.exit(1);
}
