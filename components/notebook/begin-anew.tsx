import modal from "../safety/modal.module.css";
import { Modal } from "../safety/modal.tsx";
import { useNotebook } from "./notebook-context.ts";
import { begins } from "./world-standing.ts";

/** Says what goes before it goes: the results on this page, and of the sandbox its whole world. */
export function BeginAnew({ onClose }: { readonly onClose: () => void }) {
  const { session, profile } = useNotebook();
  if (session === null || profile === null) return null;
  const { scenario, seed } = session.notebook.info;
  const world = scenario !== null && begins(profile, session.options.scenarioCall);
  return (
    <Modal title="Begin anew?" onCancel={onClose}>
      <p>The results on this page are forgotten. What you typed into it stays.</p>
      {world ? (
        <p>
          The sandbox’s world becomes the scenario <code>{scenario}</code> with seed {String(seed)}: accounts,
          orders, blocks and all else that is in it now is gone, for every page that uses this sandbox.
        </p>
      ) : (
        <p>Nothing is undone on {profile.label}: what was opened, ordered or closed there stays as it is.</p>
      )}
      <div className={modal.actions}>
        <button type="button" data-first-focus onClick={onClose}>
          Keep everything
        </button>
        <button
          type="button"
          className={modal.go}
          onClick={() => {
            onClose();
            void session.restart();
          }}
        >
          Begin anew
        </button>
      </div>
    </Modal>
  );
}
