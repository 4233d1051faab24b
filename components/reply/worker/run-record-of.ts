import type { Call } from "../../../lib/call/call.ts";
import type { Transcript } from "../../../lib/reply/transcript.ts";
import { RECORDED_REPLY, type RunRecord } from "../../run/run-record.ts";
import type { RunState } from "../../run/run-state.ts";

/** What a run leaves behind. Without a transcript nothing of the reply is in it. */
export async function runRecord(
  call: Call,
  startedAt: number,
  state: RunState,
  transcript: Transcript | null,
): Promise<RunRecord> {
  const { error, headersAtMs, firstAtMs, endedAtMs, sentCount, received, receivedBytes } = state;
  return {
    method: call.method,
    profile: call.profile,
    request: call.request,
    bytes: call.bytes,
    startedAt,
    status: {
      code: error?.code ?? 0,
      message: error?.message ?? "",
      source: error?.source ?? null,
      reason: error?.reason ?? null,
    },
    times: { headers: headersAtMs, firstMessage: firstAtMs, end: endedAtMs },
    sizes: { sent: sentCount, received, receivedBytes },
    reply: transcript === null ? null : await beginning(transcript),
  };
}

async function beginning(transcript: Transcript): Promise<RunRecord["reply"]> {
  let text = "";
  for (let block = 0; block < transcript.blocks; block++) {
    const lines = await transcript.lines(block);
    if (lines.length > 0) text += `${text === "" ? "" : "\n"}${lines.join("\n")}`;
    if (text.length > RECORDED_REPLY) return { text: text.slice(0, RECORDED_REPLY), complete: false };
  }
  return { text, complete: true };
}
