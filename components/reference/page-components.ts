import { AlwaysSet, CommandLine, CommandRow, Flag, FlagTable } from "./commands.tsx";
import { Doc } from "./doc.tsx";
import { Field, FieldList, NoFields, Notes, Oneof, Unfold, Value, ValueList } from "./fields.tsx";
import { Body, Intro } from "./intro.tsx";
import { DefinitionList, DefinitionRow, MethodList, MethodRow, UseList } from "./lists.tsx";
import {
  AccessChip,
  Breadcrumbs,
  Chips,
  CliChip,
  HttpChip,
  KindChip,
  PageTitle,
  StreamChip,
  UpstreamChip,
} from "./page-head.tsx";
import { RestRow } from "./rest-row.tsx";
import { Section } from "./section.tsx";

/** Every component that a generated page may name. A page that names another one fails to render. */
export const PAGE_COMPONENTS = {
  AccessChip,
  AlwaysSet,
  Body,
  Breadcrumbs,
  Chips,
  CliChip,
  CommandLine,
  CommandRow,
  DefinitionList,
  DefinitionRow,
  Doc,
  Field,
  FieldList,
  Flag,
  FlagTable,
  HttpChip,
  Intro,
  KindChip,
  MethodList,
  MethodRow,
  NoFields,
  Notes,
  Oneof,
  PageTitle,
  RestRow,
  Section,
  StreamChip,
  Unfold,
  UpstreamChip,
  UseList,
  Value,
  ValueList,
} as const;
