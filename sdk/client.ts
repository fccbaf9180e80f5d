// The contract, callable: one typed method per endpoint. At run time only addresses are needed; what may be
// asked and is answered is known to the compiler alone.

import { type Address, addresses } from "./addresses.ts";
import type { Download } from "./files.ts";
import { eachItem, eachPage } from "./pages.ts";
import type { Called } from "./request.ts";
import { type CallOptions, type ClientOptions, openSender, type Sender } from "./sending.ts";
import type { Shapes } from "./shapes.ts";

type Addresses = typeof addresses;

export type Client = {
  [Noun in keyof Addresses & keyof Shapes]: {
    [Verb in keyof Addresses[Noun] & keyof Shapes[Noun]]: Call<Shapes[Noun][Verb], Addresses[Noun][Verb]>;
  };
};

/** What a call takes: `Input<"contacts", "search">`. */
export type Input<Noun extends keyof Shapes, Verb extends keyof Shapes[Noun]> = Shapes[Noun][Verb] extends {
  input: infer In;
}
  ? In
  : never;

/** What a call answers: `Output<"contacts", "search">`. */
export type Output<Noun extends keyof Shapes, Verb extends keyof Shapes[Noun]> = Shapes[Noun][Verb] extends {
  output: infer Out;
}
  ? Out
  : never;

type Call<Shape, At> = Shape extends { input: infer In; output: infer Out }
  ? ((...args: Arguments<In>) => Promise<Out>) & Lists<In, Out, At> & AsCsv<In, At>
  : never;

type Arguments<In> =
  Record<never, never> extends In ? [input?: In, options?: CallOptions] : [input: In, options?: CallOptions];

type Lists<In, Out, At> = At extends { pages: { items: infer Key } }
  ? {
      /** Page after page, whole answers. */
      pages(...args: Arguments<In>): AsyncGenerator<Out, void>;
      /** Item after item, through all pages. */
      each(...args: Arguments<In>): AsyncGenerator<ItemOf<Out, Key>, void>;
    }
  : unknown;

type ItemOf<Out, Key> = Key extends keyof Out
  ? Out[Key] extends readonly (infer Item)[]
    ? Item
    : never
  : Out extends readonly (infer Item)[]
    ? Item
    : never;

type AsCsv<In, At> = At extends { alsoCsv: true }
  ? {
      /** All pages at once, as a file. */
      csv(...args: Arguments<In>): Promise<Download>;
    }
  : unknown;

export function createClient(options: ClientOptions): Client {
  const send = openSender(options);
  const nouns = Object.entries(addresses).map(([noun, verbs]) => {
    const methods = Object.entries<Address>(verbs).map(([verb, address]) => [
      verb,
      methodFor(send, { name: `${noun}.${verb}`, ...address }),
    ]);
    return [noun, Object.fromEntries(methods)];
  });
  return Object.fromEntries(nouns) as Client;
}

function methodFor(send: Sender, called: Called) {
  type Given = Record<string, unknown>;
  const method = async (input: Given = {}, call?: CallOptions) => send(called, input, call);
  const { pages, alsoCsv } = called;
  return Object.assign(method, {
    ...(pages && {
      pages: (input: Given = {}, call?: CallOptions) =>
        eachPage((asked) => method(asked, call), pages, input),
      each: (input: Given = {}, call?: CallOptions) => eachItem((asked) => method(asked, call), pages, input),
    }),
    ...(alsoCsv && {
      csv: async (input: Given = {}, call?: CallOptions) => send(called, input, call, "csv"),
    }),
  });
}
