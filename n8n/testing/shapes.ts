// What goes into n8n and comes out of it, as far as the tests look.

export type Json = Record<string, unknown>;
export type NodeItem = {
  json: Json;
  pairedItem?: { item: number } | { item: number }[];
  error?: { message: string; description?: string };
};
export type NodeError = { message: string; description?: string; httpCode?: string };
export type Ran = { items: NodeItem[]; error: NodeError | undefined };

export type NodeRunOptions = {
  resource: string;
  operation: string;
  parameters?: Json;
  items?: Json[];
  /** Settings of the node, as n8n has them beside its parameters. */
  node?: Json;
  executionId?: string;
};

export type Instance = {
  description: Json & { properties: Json[]; version: number };
  methods?: {
    loadOptions: Record<string, (this: unknown) => Promise<{ name: string; value: string }[]>>;
    listSearch: Record<string, (this: unknown, filter?: string, page?: string) => Promise<ListSearchResult>>;
    resourceMapping: Record<string, (this: unknown) => Promise<{ fields: NodeField[] }>>;
  };
  webhookMethods?: {
    default: Record<"checkExists" | "create" | "delete", (this: unknown) => Promise<boolean>>;
  };
  webhook?(this: unknown): Promise<{ workflowData?: NodeItem[][]; webhookResponse?: unknown }>;
};
type ListSearchResult = { results: { name: string; value: string }[]; paginationToken?: string };
type NodeField = {
  id: string;
  displayName: string;
  type?: string;
  options?: { name: string; value: string }[];
};

// biome-ignore lint/suspicious/noExplicitAny: n8n's packages are fetched for the tests alone, so their types are not at hand.
export type Unknown = any;
