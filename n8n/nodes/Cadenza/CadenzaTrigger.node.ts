import {
  type IDataObject,
  type IHookFunctions,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
  type JsonObject,
  NodeApiError,
  NodeConnectionTypes,
} from "n8n-workflow";
import { ask } from "./asking.ts";
import { eventTypes } from "./made/events.ts";
import { remember, verify } from "./signature.ts";

/** What the trigger keeps between runs. */
type Kept = { id?: string; secret?: string; seen?: string[] };

export class CadenzaTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: "Cadenza Trigger",
    name: "cadenzaTrigger",
    icon: { light: "file:../../icons/cadenza.svg", dark: "file:../../icons/cadenza.dark.svg" },
    group: ["trigger"],
    version: 1,
    subtitle: '={{ $parameter["events"].join(", ") }}',
    description:
      "Starts the workflow on events in Cadenza, such as a reply, a bounce, a new contact or a won deal",
    defaults: { name: "Cadenza Trigger" },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: "cadenzaApi", required: true }],
    webhooks: [{ name: "default", httpMethod: "POST", responseMode: "onReceived", path: "cadenza" }],
    properties: [
      {
        displayName:
          "Use a master key or an admin's key. If n8n runs on a private address, the server's operator must allow it with CADENZA_WEBHOOK_ALLOW.",
        name: "notice",
        type: "notice",
        default: "",
      },
      {
        displayName: "Events",
        name: "events",
        type: "multiOptions",
        required: true,
        options: eventTypes,
        default: ["message.replied"],
        description:
          "Events that start the workflow. An event contains IDs and no personal data: get the record by its ID.",
      },
    ],
  };

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        const kept = this.getWorkflowStaticData("node") as Kept;
        if (!kept.id || !kept.secret) return false;
        const path = `/webhook_subscriptions/${kept.id}`;
        try {
          const { webhook_subscription } = await ask(this, { method: "GET", path });
          const { url, types, active } = webhook_subscription as IDataObject;
          if (url !== this.getNodeWebhookUrl("default")) return false;
          const wanted = this.getNodeParameter("events") as string[];
          if (active === true && String(types) === String(wanted)) return true;
          await ask(this, { method: "PATCH", path, input: { types: wanted, active: true } });
          return true;
        } catch (error) {
          if (!isGone(error)) throw new NodeApiError(this.getNode(), error as JsonObject);
          this.logger.info(`The webhook ${kept.id} no longer exists; a new one is created.`);
          return false;
        }
      },

      async create(this: IHookFunctions): Promise<boolean> {
        const kept = this.getWorkflowStaticData("node") as Kept;
        const { id, name } = this.getWorkflow();
        const { webhook_subscription } = await ask(this, {
          method: "POST",
          path: "/webhook_subscriptions",
          input: {
            url: this.getNodeWebhookUrl("default"),
            types: this.getNodeParameter("events") as string[],
            description: `n8n: ${name ?? id ?? "a workflow"}`.slice(0, 500),
          },
        });
        const { id: subscription, secret } = webhook_subscription as { id: string; secret: string };
        Object.assign(kept, { id: subscription, secret, seen: [] });
        return true;
      },

      async delete(this: IHookFunctions): Promise<boolean> {
        const kept = this.getWorkflowStaticData("node") as Kept;
        if (kept.id) {
          try {
            await ask(this, { method: "DELETE", path: `/webhook_subscriptions/${kept.id}` });
          } catch (error) {
            if (!isGone(error)) throw new NodeApiError(this.getNode(), error as JsonObject);
            this.logger.info(`The webhook ${kept.id} was already deleted.`);
          }
        }
        delete kept.id;
        delete kept.secret;
        delete kept.seen;
        return true;
      },
    },
  };

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    const kept = this.getWorkflowStaticData("node") as Kept;
    const request = this.getRequestObject();
    const verdict = verify({ headers: request.headers, body: request.rawBody }, kept.secret, Date.now());
    if ("refused" in verdict) {
      this.getResponseObject().status(401).json({ message: verdict.refused });
      return { noWebhookResponse: true };
    }
    const seen = remember(kept.seen ?? [], verdict.id);
    if (!seen) return { webhookResponse: { message: "This event was received before." } };
    kept.seen = seen;
    return { workflowData: [this.helpers.returnJsonArray(this.getBodyData())] };
  }
}

/** The subscription was deleted in the meantime. */
function isGone(error: unknown) {
  return error instanceof NodeApiError && ["404", "422"].includes(String(error.httpCode));
}
