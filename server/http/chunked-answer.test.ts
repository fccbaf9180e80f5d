// Code that sends an answer in pieces learns that the caller has left.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { test } from "node:test";
import { sendPiece } from "./chunked-answer.ts";

test("a piece that is sent after the connection has ended, and before it is told, fails", {
  timeout: 300_000,
}, async (t) => {
  const server = createServer();
  t.after(() => server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const caller = connect((server.address() as AddressInfo).port, "127.0.0.1");
  caller.on("error", () => {});
  t.after(() => caller.destroy());
  caller.write("GET / HTTP/1.1\r\nhost: here\r\n\r\n");
  const [, response] = (await once(server, "request")) as [unknown, ServerResponse];
  response.writeHead(200);
  const heard = once(caller, "data");
  await sendPiece(response, Buffer.from("first"));
  await heard;
  response.socket?.destroy();
  assert.equal(response.destroyed, false, "nobody has told it yet");
  await assert.rejects(sendPiece(response, Buffer.from("second")));
  await assert.rejects(sendPiece(response, Buffer.from("third")));
});
