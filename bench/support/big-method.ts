import { create, type DescFile, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { Page } from "playwright-core";
import { bigSchema } from "../../test/support/big-schema.ts";

/** Gives a method's page a schema of so many messages in place of its own. */
export async function routeBigSchema(page: Page, method: string, messages: number): Promise<void> {
  const { docs, registry } = bigSchema(messages, 10);
  const big = registry.getFile("big.proto") as DescFile;
  const [, packageName = "", service = "", name = ""] = /^(.*)\.(\w+)\.(\w+)$/.exec(method) ?? [];
  const file = create(FileDescriptorProtoSchema, {
    name: "method.proto",
    package: packageName,
    syntax: "proto3",
    dependency: ["big.proto"],
    service: [{ name: service, method: [{ name, inputType: ".big.Message0", outputType: ".big.Message0" }] }],
  });
  const image = toBinary(
    FileDescriptorSetSchema,
    create(FileDescriptorSetSchema, { file: [big.proto, file] }),
  );
  const own = { ...docs, method: { ...docs.method, name: method } };
  await page.route(`**/schema/${method}.binpb*`, (route) =>
    route.fulfill({ contentType: "application/octet-stream", body: Buffer.from(image) }),
  );
  await page.route(`**/schema/${method}.json*`, (route) => route.fulfill({ json: own }));
}
