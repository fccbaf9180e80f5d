// A server in front of ours that changes, counts or keeps back answers, for tests of programs that call us from outside.

import { once } from "node:events";
import { createServer, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";

/** Answers in the server's place, and says so. */
type Meddle = (nth: number, path: string, answer: ServerResponse) => boolean;

/** `keepBack` lets no answer through: the server has done what it was asked. */
export async function serverThat(
  url: string,
  meddle: Meddle,
  keepBack: (nth: number, path: string) => boolean = () => false,
) {
  let nth = 0;
  const server = createServer((asked, answer) => {
    const path = asked.url ?? "";
    const own = ++nth;
    if (meddle(own, path, answer)) return void asked.resume();
    const passed = request(
      `${url}${path}`,
      { method: asked.method, headers: { ...asked.headers, host: new URL(url).host } },
      (got) => {
        if (keepBack(own, path)) return void got.resume();
        answer.writeHead(got.statusCode ?? 500, got.headers);
        got.pipe(answer);
      },
    );
    asked.pipe(passed);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
