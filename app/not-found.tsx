export default function NotFound() {
  return (
    <article className="reading prose">
      <h1>No such page</h1>
      <p>
        Nothing is documented at this address. <a href="/reference">The whole API</a> lists every method,
        message and enum; <kbd>/</kbd> searches in everything.
      </p>
    </article>
  );
}
