// What goes into n8n and comes out of it, as far as the tests look.

export type Json = Record<string, unknown>;
export type Item = {
  json: Json;
  pairedItem?: { item: number } | { item: number }[];
  error?: { message: string; description?: string };
};
export type Told = { message: string; description?: string; httpCode?: string };
export type Ran = { items: Item[]; error: Told | undefined };

export type Wish = {
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
    listSearch: Record<string, (this: unknown, filter?: string, page?: string) => Promise<Found>>;
    resourceMapping: Record<string, (this: unknown) => Promise<{ fields: Field[] }>>;
  };
  webhookMethods?: {
    default: Record<"checkExists" | "create" | "delete", (this: unknown) => Promise<boolean>>;
  };
  webhook?(this: unknown): Promise<{ workflowData?: Item[][]; webhookResponse?: unknown }>;
};
export type Found = { results: { name: string; value: string }[]; paginationToken?: string };
export type Field = {
  id: string;
  displayName: string;
  type?: string;
  options?: { name: string; value: string }[];
};

// biome-ignore lint/suspicious/noExplicitAny: n8n's packages are fetched for the tests alone, so their types are not at hand.
export type Unknown = any;
