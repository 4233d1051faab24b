import type { DescMessage, Registry } from "@bufbuild/protobuf";
import type { BytesForm } from "../call/call.ts";
import { ByteLog } from "./byte-log.ts";
import { GrowingNumbers } from "./growing-numbers.ts";
import { Transcript } from "./transcript.ts";

/** What one run received and sent, and its text. Nothing that came is dropped. */
export class ReplyStore {
  readonly desc: DescMessage;
  readonly registry: Registry;
  readonly log = new ByteLog();
  readonly transcript: Transcript;
  readonly #times = new GrowingNumbers();
  readonly #sent: string[] = [];
  #bytes: BytesForm;

  /** `alone`: the reply is one message, and is shown without number and time. */
  constructor(desc: DescMessage, registry: Registry, bytes: BytesForm, alone: boolean) {
    this.desc = desc;
    this.registry = registry;
    this.#bytes = bytes;
    const store = this;
    this.transcript = new Transcript(
      {
        desc,
        get options() {
          return { bytes: store.#bytes, registry };
        },
        read: (message) => this.log.read(message),
        sent: (message) => this.#sent[message] ?? "",
      },
      alone,
    );
  }

  get bytes(): BytesForm {
    return this.#bytes;
  }

  /** Writes `bytes` values in another form from now on. */
  showBytes(form: BytesForm): void {
    if (form === this.#bytes) return;
    this.#bytes = form;
    this.transcript.rewrite();
  }

  received(wire: Uint8Array, atMs: number): void {
    this.log.append(wire);
    this.#times.push(atMs);
    this.transcript.addReceived(this.log.length - 1, wire, atMs);
  }

  /** When a received message came, in milliseconds since the start. */
  timeOf(message: number): number {
    return this.#times.at(message);
  }

  /** Notes a message that was sent, for the text of a conversation. */
  sent(text: string, atMs: number): void {
    this.#sent.push(text);
    this.transcript.addSent(this.#sent.length - 1, atMs);
  }
}
