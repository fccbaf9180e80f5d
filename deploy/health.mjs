// The health check of a container: ends with 0 when the server in it is ready for calls, or its engine works. An engine answers on the
// port for metrics alone.

const { CADENZA_ROLE, CADENZA_METRICS_PORT, PORT } = process.env;
const port = CADENZA_ROLE === "engine" ? CADENZA_METRICS_PORT : PORT || "3000";

fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(4_000) }).then(
  ({ ok }) => process.exit(ok ? 0 : 1),
  () => process.exit(1),
);
