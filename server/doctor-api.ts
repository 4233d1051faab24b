import type { IncomingMessage, ServerResponse } from "node:http";
import type { Doctor } from "./doctor/doctor.ts";
import { refuse } from "./gate/refusal.ts";
import type { ProfileStore } from "./profiles/profile-store.ts";

/** `GET /api/doctor?profile=<id>`: a `DoctorStage` in JSON on each line, as soon as it is known. */
export async function serveDoctor(
  req: IncomingMessage,
  res: ServerResponse,
  doctor: Doctor,
  profiles: ProfileStore,
): Promise<void> {
  const id = new URLSearchParams((req.url ?? "").split("?", 2)[1]).get("profile");
  const profile = profiles.get(id ?? "");
  if (profile === undefined) {
    return refuse(req, res, {
      status: 404,
      code: "unknown-profile",
      message: "This server has no profile with that id. Choose one of the profiles that the page lists.",
    });
  }
  res.setHeader("content-type", "application/x-ndjson; charset=utf-8");
  res.setHeader("cache-control", "no-store");
  for await (const stage of doctor.examine(profile)) {
    if (res.destroyed) return;
    res.write(`${JSON.stringify(stage)}\n`);
  }
  res.end();
}
