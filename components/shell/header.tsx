import Link from "next/link";
import styles from "./header.module.css";
import { LiveStatusPill, MainnetBar } from "./live-status.tsx";
import { ThemeToggle } from "./theme-toggle.tsx";

export function Header() {
  return (
    <header className={styles.header}>
      <MainnetBar />
      <Link href="/" prefetch={false} className={styles.wordmark}>
        Pool <span>Playground</span>
      </Link>
      <div className={styles.right}>
        <LiveStatusPill />
        <ThemeToggle />
      </div>
    </header>
  );
}
