import type { Metadata } from "next";
import { ProfileList } from "../../components/safety/profile-list.tsx";
import config from "../../playground.config.ts";

export const metadata: Metadata = {
  title: "Profiles",
  description:
    "The endpoints that calls go to: their files, what their macaroons permit, and a check of each.",
};

export default function ProfilesPage() {
  return (
    <article className="reading prose">
      <h1>Profiles</h1>
      <p>
        A profile is an endpoint that calls can go to. Profiles come from the command line, from{" "}
        <code>playground.profiles.json</code> in the folder where it was given, and from{" "}
        <code>{config.apis[0].daemon.files.folder}</code>; this page cannot add one, and no credential is on
        it.
      </p>
      <ProfileList />
    </article>
  );
}
