import type { Metadata } from "next";
import { Fragment } from "react";
import { ProfileList } from "../../components/safety/profile-list.tsx";
import config from "../../playground.config.ts";
import { servicePages } from "../method-pages.ts";

const FOLDERS = [...new Set(config.apis.flatMap(({ daemon }) => daemon?.files.folder ?? []))];

export const metadata: Metadata = {
  title: "Profiles",
  description:
    "The endpoints that calls go to: their files, what their macaroons permit, and a check of each.",
};

export default async function ProfilesPage() {
  return (
    <article className="reading prose">
      <h1>Profiles</h1>
      <p>
        A profile is an endpoint that calls can go to. Profiles come from the command line, from{" "}
        <code>playground.profiles.json</code> in the folder where it was given, and from{" "}
        {FOLDERS.map((folder, i) => (
          <Fragment key={folder}>
            {i > 0 && " and "}
            <code>{folder}</code>
          </Fragment>
        ))}
        ; this page cannot add one, and no credential is on it.
      </p>
      <ProfileList pages={await servicePages()} />
    </article>
  );
}
