// The smallest workflow with the node in it: something that starts, and the node.

import type { Json, NodeItem, Unknown } from "./shapes.ts";

export const CREDENTIALS = { cadenzaApi: { id: "1", name: "Cadenza" } };

const START = {
  description: {
    name: "start",
    displayName: "Start",
    version: 1,
    properties: [],
    inputs: [],
    outputs: ["main"],
    group: ["trigger"],
  },
  async execute(this: { getInputData(): NodeItem[] }) {
    return [this.getInputData()];
  },
};

/** What starts, and the node after it. */
export function workflowAround(workflows: Unknown, settings: Json, typeOf: (name: string) => unknown) {
  const start = {
    id: "start",
    name: "Start",
    type: "start",
    typeVersion: 1,
    position: [0, 0],
    parameters: {},
  };
  const node = {
    id: "b2f6bb2c-cadenza",
    name: "Cadenza",
    typeVersion: 1,
    position: [200, 0],
    credentials: CREDENTIALS,
    webhookId: "the-hook",
    ...settings,
  };
  const nodeTypes = {
    getByNameAndVersion: (name: string) => (name === "start" ? START : typeOf(name)),
    getByName: (name: string) => (name === "start" ? START : typeOf(name)),
    getKnownTypes: () => ({}),
  };
  const connections = { Start: { main: [[{ node: "Cadenza", type: "main", index: 0 }]] } };
  return new workflows.Workflow({
    id: "a-workflow",
    name: "A workflow",
    nodes: [start, node],
    connections,
    active: false,
    nodeTypes,
    settings: { executionOrder: "v1" },
  });
}
