// n8n itself, as far as it is to be had as packages: its loader reads the built package, its execution engine runs workflows
// with the node in them, its contexts answer pick-lists, webhooks and tests of credentials. What n8n's server does around
// them is done here as it does it: credentials are filled into requests, and a webhook's bytes are kept.

import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildNode } from "../../scripts/n8n/build.ts";
import { ensurePackagesApart } from "../../scripts/packages-apart.mjs";
import type { Instance, Json, NodeError, NodeItem, NodeRunOptions, Ran, Unknown } from "./shapes.ts";
import { CREDENTIALS, workflowAround } from "./workflow.ts";

export async function openN8n() {
  const packages = await ensurePackagesApart("n8n/testing");
  const folder = mkdtempSync(join(tmpdir(), "cadenza-n8n-"));
  process.env.N8N_USER_FOLDER = folder; // its settings and its key
  process.env.N8N_LOG_LEVEL = "error";
  const require = createRequire(join(packages, "here.js"));
  require("reflect-metadata");
  const core: Unknown = require("n8n-core");
  const workflows: Unknown = require("n8n-workflow");
  const built = join(folder, "n8n-nodes-cadenza");
  buildNode(built);
  // It is found where n8n installs it: beside n8n's own packages.
  symlinkSync(packages, join(built, "node_modules"));
  const loader = new core.PackageDirectoryLoader(built);
  await loader.loadAll();
  return new N8n(core, workflows, loader, built, () => rmSync(folder, { recursive: true, force: true }));
}

export class N8n {
  readonly built: string;
  readonly close: () => void;
  readonly core: Unknown;
  readonly workflows: Unknown;
  readonly loader: Unknown;
  credential: Json = {};
  #executions = 0;

  constructor(core: Unknown, workflows: Unknown, loader: Unknown, built: string, close: () => void) {
    this.core = core;
    this.workflows = workflows;
    this.loader = loader;
    this.built = built;
    this.close = close;
  }

  typeOf(name: string): Instance {
    return this.loader.nodeTypes[name].type as Instance;
  }

  /** Items into the node, items out of it, through the execution engine. */
  async run({
    resource,
    operation,
    parameters = {},
    items = [{}],
    node = {},
    executionId,
  }: NodeRunOptions): Promise<Ran> {
    const parametersOfNode = { resource, operation, ...parameters };
    const workflow = this.#workflow("cadenza", parametersOfNode, node);
    const additionalData = this.#additionalData(executionId ?? `execution-${++this.#executions}`);
    const engine = new this.core.WorkflowExecute(additionalData, "trigger");
    const pinData = { Start: items.map((json) => ({ json })) };
    const run = await engine.run({ workflow, startNode: workflow.getNode("Start"), pinData });
    const { error, runData } = run.data.resultData;
    const done = runData.Cadenza?.at(-1);
    return {
      items: (done?.data?.main[0] ?? []) as NodeItem[],
      error: (done?.error ?? error) as NodeError | undefined,
    };
  }

  /** What a person is offered while they fill in the node. */
  options(method: string) {
    return this.typeOf("cadenza").methods?.loadOptions[method]?.call(this.#choosing()) ?? assertNever(method);
  }

  search(method: string, filter?: string, page?: string) {
    const search = this.typeOf("cadenza").methods?.listSearch[method];
    return search?.call(this.#choosing(), filter, page) ?? assertNever(method);
  }

  fields(method: string) {
    const fields = this.typeOf("cadenza").methods?.resourceMapping[method];
    return fields?.call(this.#choosing()) ?? assertNever(method);
  }

  /** As n8n's server tests a credential by a request: by a node that only makes it. */
  async testCredential(credential: Json): Promise<{ status: "OK" | "Error"; message: string }> {
    const type = this.loader.credentialTypes.cadenzaApi.type;
    const { request, rules = [] } = type.test;
    const routed = { displayName: "Temp", name: "temp", type: "string", default: "", routing: { request } };
    const description = {
      name: "temp",
      version: 1,
      properties: [routed],
      credentials: [{ name: "cadenzaApi", required: true }],
    };
    const nodeType = { description };
    const node = { id: "temp", name: "Temp", type: "temp", typeVersion: 1, position: [0, 0], parameters: {} };
    const full = { ...node, credentials: CREDENTIALS };
    const nodeTypes = {
      getByNameAndVersion: () => nodeType,
      getByName: () => nodeType,
      getKnownTypes: () => ({}),
    };
    const workflow = new this.workflows.Workflow({
      nodes: [full],
      connections: {},
      active: false,
      nodeTypes,
    });
    const before = this.credential;
    this.credential = credential;
    try {
      const input = { main: [[{ json: {} }]] };
      const rest = [
        { resultData: { runData: {} } },
        0,
        [],
        input,
        { node: full, data: {}, source: null },
        [],
      ];
      const context = new this.core.ExecuteContext(
        workflow,
        full,
        this.#additionalData("test"),
        "internal",
        ...rest,
      );
      const routing = new this.core.RoutingNode(context, nodeType, {
        id: "1",
        name: "c",
        type: "cadenzaApi",
        data: credential,
      });
      const [[{ json }]] = await routing.runNode();
      const broken = rules.find((rule: Unknown) => json[rule.properties.key] === rule.properties.value);
      return broken ? { status: "Error", message: broken.properties.message } : { status: "OK", message: "" };
    } catch (error) {
      return { status: "Error", message: (error as Error).message };
    } finally {
      this.credential = before;
    }
  }

  /** The trigger in a workflow of its own; what it keeps stays with it. */
  trigger(parameters: Json, webhookUrl: string) {
    const workflow = this.#workflow("cadenzaTrigger", parameters, {});
    const node = workflow.getNode("Cadenza");
    const [webhookDescription] = this.typeOf("cadenzaTrigger").description.webhooks as Json[];
    const additionalData = { ...this.#additionalData(undefined), webhookBaseUrl: webhookUrl };
    const hook = (name: "checkExists" | "create" | "delete") => {
      const webhookData = { webhookDescription, isTest: false };
      const context = new this.core.HookContext(
        workflow,
        node,
        additionalData,
        "trigger",
        "activate",
        webhookData,
      );
      return this.typeOf("cadenzaTrigger").webhookMethods?.default[name].call(context) ?? assertNever(name);
    };
    return {
      kept: workflow.getStaticData("node", node) as Json,
      path: new URL(
        new this.core.HookContext(workflow, node, additionalData, "trigger", "activate", {
          webhookDescription,
          isTest: false,
        }).getNodeWebhookUrl("default"),
      ).pathname,
      checkExists: () => hook("checkExists"),
      create: () => hook("create"),
      delete: () => hook("delete"),
      receive: (httpRequest: unknown, httpResponse: unknown) => {
        const data = { ...additionalData, httpRequest, httpResponse };
        const context = new this.core.WebhookContext(
          workflow,
          node,
          data,
          "webhook",
          { webhookDescription },
          [],
          null,
        );
        return this.typeOf("cadenzaTrigger").webhook?.call(context) ?? assertNever("webhook");
      },
    };
  }

  #choosing() {
    const workflow = this.#workflow("cadenza", {}, {});
    const additionalData = this.#additionalData(undefined);
    return new this.core.LoadOptionsContext(workflow, workflow.getNode("Cadenza"), additionalData, "");
  }

  #workflow(type: string, parameters: Json, settings: Json) {
    const node = { type, parameters, ...settings };
    return workflowAround(this.workflows, node, (name) => this.typeOf(name));
  }

  #additionalData(executionId: string | undefined) {
    const { ExecutionLifecycleHooks } = this.core;
    return {
      credentialsHelper: this.#credentialsHelper(),
      currentNodeExecutionIndex: 0,
      executionId,
      restApiUrl: "http://localhost/rest",
      instanceBaseUrl: "http://localhost/",
      webhookBaseUrl: "http://localhost/webhook",
      webhookWaitingBaseUrl: "http://localhost/webhook-waiting",
      formWaitingBaseUrl: "http://localhost/form-waiting",
      variables: {},
      hooks: new ExecutionLifecycleHooks("trigger", executionId ?? "none", {}),
    };
  }

  /** As n8n's server fills a credential into a request: its expressions are read with the credential's values. */
  #credentialsHelper() {
    const helper = {
      getParentTypes: () => [],
      isCredentialUsableByNode: () => true,
      getCredentialsProperties: () => this.loader.credentialTypes.cadenzaApi.type.properties,
      getDecrypted: async () => this.credential,
      getCredentials: async () => this.credential,
      preAuthentication: async () => undefined,
      runPreAuthentication: async () => undefined,
      updateCredentials: async () => {},
      updateCredentialsOauthTokenData: async () => {},
      authenticate: async (
        credentials: Json,
        _type: string,
        request: Json,
        workflow: Unknown,
        node: Unknown,
      ) => {
        const { headers } = this.loader.credentialTypes.cadenzaApi.type.authenticate.properties;
        const filled = Object.entries(headers).map(([name, value]) => [
          name,
          workflow.expression.getSimpleParameterValue(
            node,
            value,
            "internal",
            { $credentials: credentials },
            undefined,
            "",
          ),
        ]);
        return { ...request, headers: { ...(request.headers as Json), ...Object.fromEntries(filled) } };
      },
    };
    return helper;
  }
}

function assertNever(name: string): never {
  throw new Error(`The node has no ${name}.`);
}
