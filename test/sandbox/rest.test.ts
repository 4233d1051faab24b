import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import http2 from "node:http2";
import { after, before, describe, test } from "node:test";
import { connect } from "node:tls";
import { callRest } from "../conformance/rest-call.ts";
import { startTestSandbox, type TestSandbox } from "./trader-client.ts";

/** Bodies and queries with what the gateway of a real poold 0.6.6 answers to each; beyond the recordings. */
const REFUSED = [
  ["POST", "/v1/pool/accounts/quote", '{"a', "unexpected EOF"],
  [
    "POST",
    "/v1/pool/accounts/quote",
    "{bad}",
    "invalid character 'b' looking for beginning of object key string",
  ],
  ["POST", "/v1/pool/accounts/quote", '{"a" 1}', "invalid character '1' after object key"],
  ["POST", "/v1/pool/accounts/quote", "'x'", "invalid character '\\'' looking for beginning of value"],
  ["POST", "/v1/pool/accounts/quote", "null", "proto: syntax error (line 1:1): unexpected token null"],
  ["POST", "/v1/pool/accounts/quote", '   {"nope":1}', 'proto: (line 1:2): unknown field "nope"'],
  [
    "POST",
    "/v1/pool/accounts/quote",
    '{"account_value":1.5}',
    "proto: (line 1:18): invalid value for uint64 type: 1.5",
  ],
  [
    "DELETE",
    "/v1/pool/orders/AAA",
    "",
    "type mismatch, parameter: order_nonce, error: illegal base64 data at input byte 0",
  ],
  ["DELETE", "/v1/pool/accounts?trader_key=%zz", "", 'invalid URL escape "%zz"'],
  [
    "GET",
    "/v1/pool/orders?verbose=maybe",
    "",
    'parsing field "verbose": strconv.ParseBool: parsing "maybe": invalid syntax',
  ],
] as const;

describe("REST", () => {
  let server: TestSandbox;
  before(async () => {
    server = await startTestSandbox();
  });
  after(() => server.stop());

  const call = (verb: string, path: string, body?: string, headers: Record<string, string> = own()) => {
    const { restPort: port, tlsCertPath } = server.sandbox;
    return callRest({ port, ca: readFileSync(tlsCertPath), verb, path, headers, body, patience: 5_000 });
  };
  const own = () => ({
    "Grpc-Metadata-macaroon": readFileSync(server.sandbox.macaroonPath).toString("hex"),
  });

  for (const [verb, path, body, message] of REFUSED) {
    test(`${verb} ${path} ${body} is refused as by the gateway`, async () => {
      const answer = await call(verb, path, body === "" ? undefined : body);
      assert.equal(answer.status, 400);
      assert.deepEqual(JSON.parse(answer.body), { code: 3, message, details: [] });
    });
  }

  test("only the first JSON value of a body counts", async () => {
    const answer = await call(
      "POST",
      "/v1/pool/accounts/quote",
      '{"account_value":"1000000","conf_target":6} more',
    );
    assert.equal(answer.status, 200);
  });

  test("every field is emitted, in the order of the proto, without a macaroon nothing is", async () => {
    const answer = await call("GET", "/v1/pool/info");
    assert.equal(Object.keys(JSON.parse(answer.body))[1], "accounts_total");
    assert.equal(answer.headers["Content-Type"], "application/json");
    const refused = await call("GET", "/v1/pool/info", undefined, {});
    assert.equal(refused.body, '{"code":2,"message":"expected 1 macaroon, got 0","details":[]}');
  });

  test("HTTP/2 is spoken as well, with the certificate of the gRPC port", async () => {
    const { restPort, tlsCertPath } = server.sandbox;
    const session = http2.connect(`https://localhost:${restPort}`, { ca: readFileSync(tlsCertPath) });
    const stream = session.request({ ":path": "/v1/pool/fee", ...own() });
    const status = await new Promise((resolve) =>
      stream.on("response", (headers) => resolve(headers[":status"])),
    );
    session.destroy();
    assert.equal(status, 200);
  });

  test("older TLS than 1.2 is refused", async () => {
    const { restPort: port, tlsCertPath } = server.sandbox;
    const code = await new Promise((resolve) => {
      const options = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" } as const;
      const socket = connect({ port, host: "localhost", ca: readFileSync(tlsCertPath), ...options }, () =>
        resolve("connected"),
      );
      socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    });
    assert.equal(code, "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION");
  });
});
