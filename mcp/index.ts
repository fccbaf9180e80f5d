export { openMcpServer, toolsFor } from "./server.ts";
export { version } from "./version.ts";
