import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiConfig } from "../../lib/reference/api-config.ts";
import { buildReference } from "../../lib/reference/build-reference.ts";
import type { Reference } from "../../lib/reference/reference.ts";
import { buildImage, ROOT } from "./pool-api.ts";

/** The config of a small API that has one of everything a page can show. */
export const SHOP_CONFIG = {
  id: "shop",
  title: "Apple shop",
  protoRoot: "test/fixtures/shop",
  files: ["shop.proto"],
  upstreamLink: "{repository}/{path}?at={commit}#L{line}",
  cli: { program: "shop" },
  daemon: {
    program: "shopd",
    port: 9000,
    files: { folder: "~/.shop", tlsCert: "tls.cert", macaroon: "shop.macaroon" },
  },
  services: { daemon: ["shop.v1.Shop"], auctioneer: [] },
  groups: [{ title: "Shop · Buying", methods: ["shop.v1.Shop.Buy"] }],
} as const satisfies ApiConfig;

const fixture = (name: string) => readFileSync(join(ROOT, SHOP_CONFIG.protoRoot, name), "utf8");

/** The reference of `test/fixtures/shop`. */
export async function shopReference(): Promise<Reference> {
  return buildReference(await buildImage(ROOT, join(ROOT, SHOP_CONFIG.protoRoot)), {
    config: SHOP_CONFIG,
    serviceConfigYaml:
      "http: {rules: [{selector: shop.v1.Shop.Buy, post: /v1/buy, body: '*', additional_bindings: [{put: '/v1/buy/{note}'}]}]}",
    commandsYaml: fixture("cli.yaml"),
    errorsYaml: fixture("errors.yaml"),
    repliesJson: fixture("replies.json"),
    permissionsYaml: "shop.v1.Shop.Buy: [shop:write]\nshop.v1.Shop.ListOrders: []",
    upstreamJson: JSON.stringify({
      repository: "https://example.test/shop",
      release: "v1",
      commit: "abc",
      files: { "shop.proto": "api/shop.proto" },
      lines: { "shop.v1.Shop": 5, "shop.v1.Shop.Buy": 12, "shop.v1.Kind": 70 },
    }),
  });
}
