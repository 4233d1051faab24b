import type { GoModule } from "../reference/api-config.ts";
import { GO_MODULE } from "./go-packages.ts";
import { PROTO_ROOT } from "./words.ts";

export const GO_NEEDS_PROTOC = "Go 1.25 or later, and protoc";
export const GO_NEEDS = "Go 1.25 or later";

const GRPC = "google.golang.org/grpc@v1.83.2";
const PROTOBUF = "google.golang.org/protobuf@v1.36.12";

/**
 * Commands to be typed once in the folder of the module. `modules` are those with the API's code; with none the
 * code is made of the protos, a package for each file.
 */
export function goSetup(modules: readonly GoModule[]): readonly string[] {
  if (modules.length > 0) {
    return [
      ...modules.flatMap(({ replaces = [] }) =>
        replaces.map(({ module, by }) => `go mod edit -replace=${module}=${by}`),
      ),
      ...modules.map(({ module, version }) => `go get ${module}@${version}`),
    ];
  }
  return [
    "go install google.golang.org/protobuf/cmd/protoc-gen-go@v1.36.12",
    "go install google.golang.org/grpc/cmd/protoc-gen-go-grpc@v1.6.2",
    `files=$(cd ${PROTO_ROOT} && find * -name '*.proto')`,
    `opts=module=${GO_MODULE}$(for f in $files; do printf ',M%s=${GO_MODULE}/gen/%s' "$f" "\${f%.proto}"; done)`,
    `PATH="$PATH:$(go env GOPATH)/bin" protoc -I ${PROTO_ROOT} --go_out="$opts:." --go-grpc_out="$opts:." $files`,
    `go get ${GRPC} ${PROTOBUF}`,
  ];
}
