import Link from "next/link";

export default function NotFound() {
  return (
    <article className="reading prose">
      <h1>No such page</h1>
      <p>
        Nothing is documented at this address. <Link href="/reference">The whole API</Link> lists every
        method, message and enum.
      </p>
    </article>
  );
}
