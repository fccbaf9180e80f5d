// What every verb of a path takes, such as its id, is said once for the path.

import { isDeepStrictEqual } from "node:util";
import type { OpenApi } from "./openapi.ts";
import type { Operation } from "./openapi-operation.ts";

type Parameters = Operation["parameters"];
type OperationServed = Omit<Operation, "parameters"> & { parameters?: Parameters };

export type OpenApiServed = Omit<OpenApi, "paths"> & {
  paths: Record<string, { parameters?: Parameters } & Record<string, OperationServed | Parameters>>;
};

export function sayOnceForPath(document: OpenApi): OpenApiServed {
  const paths = Object.entries(document.paths).map(([path, verbs]) => {
    const operations = Object.values(verbs);
    const [first] = operations;
    const shared =
      operations.length < 2 || !first
        ? []
        : first.parameters.filter((one) => operations.every(({ parameters }) => holds(parameters, one)));
    const served = Object.entries(verbs).map(([verb, operation]) => [verb, without(operation, shared)]);
    return [path, { ...(shared.length > 0 && { parameters: shared }), ...Object.fromEntries(served) }];
  });
  return { ...document, paths: Object.fromEntries(paths) };
}

type OneParameter = Parameters[number];

const holds = (parameters: Parameters, one: OneParameter) =>
  parameters.some((other) => isDeepStrictEqual(one, other));

function without({ parameters, ...operation }: Operation, shared: Parameters): OperationServed {
  const own = parameters.filter((one) => !holds(shared, one));
  return own.length > 0 ? { ...operation, parameters: own } : operation;
}
