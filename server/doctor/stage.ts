import type { DoctorStage, DoctorStageName } from "../../lib/call/doctor.ts";

/** What a stage found, without where it stands in the whole. */
export type Finding = Pick<DoctorStage, "state" | "sentence"> & Partial<Pick<DoctorStage, "facts">>;

/** The finding as a stage at an address. */
export function stageOf(stage: DoctorStageName, address: string, finding: Finding): DoctorStage {
  return { stage, address, facts: [], ...finding };
}

export function ok(sentence: string, facts: DoctorStage["facts"] = []): Finding {
  return { state: "ok", sentence, facts };
}

export function warning(sentence: string, facts: DoctorStage["facts"] = []): Finding {
  return { state: "warning", sentence, facts };
}

export function failed(sentence: string, facts: DoctorStage["facts"] = []): Finding {
  return { state: "failed", sentence, facts };
}

export function notReached(why: string): Finding {
  return { state: "not-reached", sentence: why };
}
