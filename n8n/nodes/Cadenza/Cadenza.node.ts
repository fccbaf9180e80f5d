import {
  type IDataObject,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type JsonObject,
  NodeApiError,
  NodeConnectionTypes,
  NodeOperationError,
} from "n8n-workflow";
import { addGroup, groupsOf } from "./adding.ts";
import { ask, writeHeaders } from "./asking.ts";
import { listSearch, loadOptions, resourceMapping } from "./choosing.ts";
import { fill } from "./filling.ts";
import { Misconfigured } from "./made/adding.ts";
import { type Call, calls } from "./made/calls.ts";
import { eachItem } from "./made/pages.ts";
import { properties } from "./made/properties.ts";

export class Cadenza implements INodeType {
  description: INodeTypeDescription = {
    displayName: "Cadenza",
    name: "cadenza",
    icon: { light: "file:../../icons/cadenza.svg", dark: "file:../../icons/cadenza.dark.svg" },
    group: ["transform"],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: "Contacts, sequences, tasks and everything else in Cadenza",
    defaults: { name: "Cadenza" },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: "cadenzaApi", required: true }],
    properties,
  };

  methods = { loadOptions, listSearch, resourceMapping };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const resource = this.getNodeParameter("resource", 0) as string;
    const operation = this.getNodeParameter("operation", 0) as string;
    const done: INodeExecutionData[] = [];
    const failed = (error: unknown, items: number[]) => {
      const told = tellable(this, error, items[0] ?? 0);
      if (!this.continueOnFail()) throw told;
      const { message, description } = told;
      done.push({ json: { error: message, description }, error: told, pairedItem: pairing(items) });
    };

    if (resource === "sequence" && operation === "addContacts") {
      for (const group of groupsOf(this, failed)) {
        try {
          done.push(await addGroup(this, group));
        } catch (error) {
          failed(error, group.items);
        }
      }
      return [done];
    }

    const call = calls[resource]?.[operation];
    if (!call)
      throw new NodeOperationError(
        this.getNode(),
        `The operation ${operation} does not exist for ${resource}`,
      );
    for (const itemIndex of this.getInputData().keys()) {
      try {
        for (const json of await carryOut(this, call, itemIndex))
          done.push({ json, pairedItem: { item: itemIndex } });
      } catch (error) {
        failed(error, [itemIndex]);
      }
    }
    return [done];
  }
}

async function carryOut(asker: IExecuteFunctions, call: Call, itemIndex: number): Promise<IDataObject[]> {
  const { path, input } = fill(asker, call, itemIndex);
  const { method, pages } = call;
  if (pages) return await readList(asker, call, path, input, itemIndex);
  const options = call.writes ? (asker.getNodeParameter("options", itemIndex, {}) as IDataObject) : {};
  const headers = call.writes ? writeHeaders(asker, itemIndex, [method, path, input], options) : {};
  const answer = await ask(asker, { method, path, input, headers, itemIndex });
  if (!call.answer) return [answer];
  const { [call.answer]: record, ...beside } = answer;
  return Array.isArray(record) ? (record as IDataObject[]) : [{ ...beside, ...(record as IDataObject) }];
}

/** Reads page after page, up to the limit that the user set. */
async function readList(
  asker: IExecuteFunctions,
  { method, pages }: Call,
  path: string,
  input: IDataObject,
  itemIndex: number,
): Promise<IDataObject[]> {
  if (!pages) return [];
  const isAll = pages.most === 0 || (asker.getNodeParameter("returnAll", itemIndex, false) as boolean);
  const limit = isAll ? Number.POSITIVE_INFINITY : (asker.getNodeParameter("limit", itemIndex, 50) as number);
  const most = Math.min(pages.most, limit);
  const found: IDataObject[] = [];
  const next = (asked: Record<string, unknown>) =>
    ask(asker, { method, path, input: asked as IDataObject, itemIndex });
  for await (const row of eachItem(next, { ...pages, most }, input)) {
    if (found.length >= limit) break;
    found.push(row as IDataObject);
  }
  return found;
}

function pairing([first = 0, ...more]: number[]) {
  return more.length === 0 ? { item: first } : [first, ...more].map((item) => ({ item }));
}

/** As n8n shows it: what is wrong, what to do next, and which item it was. */
function tellable(asker: IExecuteFunctions, error: unknown, itemIndex: number) {
  if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
  if (error instanceof Misconfigured)
    return new NodeOperationError(asker.getNode(), error.message, { description: error.todo, itemIndex });
  return new NodeApiError(asker.getNode(), error as JsonObject, { itemIndex });
}
