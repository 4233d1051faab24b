import { rmSync } from "node:fs";
import { join } from "node:path";
import { realDisk } from "../journal/disk.ts";
import { Journal } from "../journal/journal.ts";
import { createLedger, type LedgerOptions, type OwnLedger } from "../ledger/create-ledger.ts";
import { refuse } from "../ledger/refusal.ts";
import type { NewWorld } from "../ledger/seed-world.ts";
import type { RootKeys } from "./root-keys.ts";
import { FIRST_WORLD } from "./world-of.ts";

/** One world, in memory. */
export interface OpenWorld {
  readonly id: string;
  /** What its macaroons are signed with. */
  readonly rootKey: Uint8Array;
  readonly ledger: OwnLedger;
}

export interface WorldsOptions {
  /** The folder that has a folder for each world, or null: then nothing outlives the process. */
  readonly folder: string | null;
  readonly keys: RootKeys;
  /** How every world begins that is not asked for otherwise. */
  readonly first: Omit<LedgerOptions, "journal">;
  /** How many there may be. */
  readonly most?: number;
  /** After so long without a call a world is put away, in milliseconds. */
  readonly idleMs?: number;
}

/** The worlds of one sandbox. The first is always there; another one is opened when its macaroon is used. */
export class Worlds {
  readonly first: OpenWorld;
  readonly #options: WorldsOptions;
  readonly #most: number;
  readonly #idleMs: number;
  readonly #open = new Map<string, { readonly world: OpenWorld; calledAt: number }>();

  constructor(options: WorldsOptions) {
    this.#options = options;
    this.#most = options.most ?? 64;
    this.#idleMs = options.idleMs ?? 3_600_000;
    this.first = this.#openWorld(FIRST_WORLD, options.first);
  }

  /** The world of an id, or undefined where there is none. */
  find(id: string): OpenWorld | undefined {
    const known = this.#open.get(id);
    if (known !== undefined) {
      known.calledAt = Date.now();
      return known.world;
    }
    const isKept = this.#options.folder !== null && this.#options.keys.get(id) !== undefined;
    return isKept ? this.#openWorld(id, this.#options.first) : undefined;
  }

  /** Begins another world. Refuses where there are too many that are in use. */
  create(wanted: Pick<NewWorld, "scenario" | "seed">): OpenWorld {
    const { keys, first } = this.#options;
    this.putAway();
    if (keys.ids().length >= this.#most) this.#forgetOne();
    const id = String(Math.max(...keys.ids().map(Number)) + 1);
    return this.#openWorld(id, { ...first, ...wanted });
  }

  /** The worlds that are in memory. */
  opened(): readonly OpenWorld[] {
    return [...this.#open.values()].map(({ world }) => world);
  }

  /** Lets go of the worlds that nobody has called for long. What was kept of them is there when they are called again. */
  putAway(now = Date.now()): void {
    for (const [id, { world, calledAt }] of this.#open) {
      if (id === FIRST_WORLD || now - calledAt < this.#idleMs) continue;
      world.ledger.close();
      this.#open.delete(id);
      if (this.#options.folder === null) this.#options.keys.remove(id);
    }
  }

  close(): void {
    for (const { world } of this.#open.values()) world.ledger.close();
    this.#open.clear();
  }

  /** Removes the oldest world that is put away, for good. */
  #forgetOne(): void {
    const { keys, folder } = this.#options;
    const oldest = keys.ids().find((id) => !this.#open.has(id));
    if (oldest === undefined || folder === null) {
      refuse(
        `there are ${this.#most} worlds already, which is the most: one that nobody calls for ${Math.round(this.#idleMs / 60_000)} minutes makes room`,
      );
    }
    rmSync(join(folder, oldest), { recursive: true, force: true });
    keys.remove(oldest);
  }

  #openWorld(id: string, options: Omit<LedgerOptions, "journal">): OpenWorld {
    const { folder, keys } = this.#options;
    const journal = folder === null ? {} : { journal: new Journal(realDisk, join(folder, id)) };
    const world = { id, rootKey: keys.make(id), ledger: createLedger({ ...options, ...journal }) };
    this.#open.set(id, { world, calledAt: Date.now() });
    return world;
  }
}
